package dev.shiplog.domain;

import java.util.Collection;
import java.util.List;

/** Why a command may not happen: a code for programs, a sentence for people that says what to do. */
public sealed interface Rejection {

    String code();

    String sentence();

    record UnknownApplication(ApplicationName application) implements Rejection {
        @Override
        public String code() {
            return "unknown-application";
        }

        @Override
        public String sentence() {
            return "application \"" + application + "\" not found; shiplog get apps lists those there are";
        }
    }

    record UnknownCluster(List<String> clusters, Collection<String> known) implements Rejection {
        @Override
        public String code() {
            return "unknown-cluster";
        }

        @Override
        public String sentence() {
            return "no cluster " + quoted(clusters) + "; there are " + quoted(known);
        }
    }

    record NoClusterSelected(Collection<String> candidates) implements Rejection {
        @Override
        public String code() {
            return "no-cluster-selected";
        }

        @Override
        public String sentence() {
            return "the selection matches none of the clusters " + quoted(candidates)
                    + "; shiplog get clusters -o wide shows their labels";
        }
    }

    record UnknownRevision(int revision, Collection<Integer> known) implements Rejection {
        @Override
        public String code() {
            return "unknown-revision";
        }

        @Override
        public String sentence() {
            return "unable to find specified revision " + revision + " in history; there are " + known;
        }
    }

    record NothingToUndo(ApplicationName application) implements Rejection {
        @Override
        public String code() {
            return "nothing-to-undo";
        }

        @Override
        public String sentence() {
            return "no earlier revision of \"" + application + "\" to return to; shiplog rollout history "
                    + application.name() + " shows what there is";
        }
    }

    record WhilePaused(ApplicationName application, String verb, List<String> clusters) implements Rejection {
        @Override
        public String code() {
            return "paused";
        }

        @Override
        public String sentence() {
            return "cannot " + verb + " paused \"" + application + "\" (on " + quoted(clusters)
                    + "); resume it first: shiplog rollout resume " + application.name() + " -n "
                    + application.namespace();
        }
    }

    /** A release has not been promoted yet, and what was asked for would do that. */
    record WhileTried(ApplicationName application, String verb, List<String> clusters) implements Rejection {
        @Override
        public String code() {
            return "not-promoted";
        }

        @Override
        public String sentence() {
            return "cannot " + verb + " \"" + application + "\" while a release of it is tried on " + quoted(clusters)
                    + ", as that would promote it; first shiplog rollout promote " + application.name() + " -n "
                    + application.namespace() + ", or shiplog rollout abort " + application.name() + " -n "
                    + application.namespace();
        }
    }

    /** A single pod that may have none beside it has no canary, and a release is just being tried as one. */
    record NoRoomForCanary(ApplicationName application, int replicas, List<String> clusters) implements Rejection {
        @Override
        public String code() {
            return "no-room-for-canary";
        }

        @Override
        public String sentence() {
            var options = application.name() + " -n " + application.namespace();
            return "cannot scale \"" + application + "\" to " + replicas + " while a canary of it is tried on "
                    + quoted(clusters)
                    + ": with maxSurge 0 a single pod has none beside it, so there would be no canary;"
                    + " scale to " + (replicas + 1) + " or more, or first shiplog rollout promote " + options
                    + " --full, or shiplog rollout abort " + options;
        }
    }

    record AlreadyPaused(ApplicationName application) implements Rejection {
        @Override
        public String code() {
            return "already-paused";
        }

        @Override
        public String sentence() {
            return "\"" + application + "\" is already paused on every selected cluster";
        }
    }

    record NotPaused(ApplicationName application) implements Rejection {
        @Override
        public String code() {
            return "not-paused";
        }

        @Override
        public String sentence() {
            return "\"" + application + "\" is not paused on any selected cluster; shiplog rollout status "
                    + application.name() + " -n " + application.namespace() + " shows what it waits for";
        }
    }

    record BeingDeleted(ApplicationName application, List<String> clusters) implements Rejection {
        @Override
        public String code() {
            return "being-deleted";
        }

        @Override
        public String sentence() {
            return "\"" + application + "\" is being deleted from " + quoted(clusters) + "; apply it again to keep it";
        }
    }

    /** @param standings how it stands on each selected cluster, e.g. {@code "gke-seoul": completed} */
    record NothingToPromote(ApplicationName application, Collection<String> standings) implements Rejection {
        @Override
        public String code() {
            return "nothing-to-promote";
        }

        @Override
        public String sentence() {
            return "nothing of \"" + application + "\" waits to be promoted (" + String.join(", ", standings)
                    + "); shiplog rollout status " + application.name() + " -n " + application.namespace()
                    + " shows when it does, --full skips all steps of"
                    + " a rollout that is on its way";
        }
    }

    record NothingToAbort(ApplicationName application, Collection<String> standings) implements Rejection {
        @Override
        public String code() {
            return "nothing-to-abort";
        }

        @Override
        public String sentence() {
            return "nothing of \"" + application + "\" can be aborted (" + String.join(", ", standings)
                    + "); what is completed is taken back by shiplog rollout undo " + application.name() + " -n "
                    + application.namespace();
        }
    }

    record NothingToRetry(ApplicationName application, Collection<String> standings) implements Rejection {
        @Override
        public String code() {
            return "nothing-to-retry";
        }

        @Override
        public String sentence() {
            return "nothing of \"" + application + "\" has failed or was aborted (" + String.join(", ", standings)
                    + "); shiplog rollout restart " + application.name() + " -n " + application.namespace()
                    + " makes new pods of what runs";
        }
    }

    record NotSwitchable(ApplicationName application, String colour, Collection<String> reasons) implements Rejection {
        @Override
        public String code() {
            return "not-switchable";
        }

        @Override
        public String sentence() {
            return "cannot switch \"" + application + "\" to " + colour + ": " + String.join(", ", reasons)
                    + "; shiplog get app " + application.name() + " -n " + application.namespace()
                    + " shows the colours";
        }
    }

    record NegativeReplicas(int replicas) implements Rejection {
        @Override
        public String code() {
            return "negative-replicas";
        }

        @Override
        public String sentence() {
            return "replicas must be 0 or more, not " + replicas;
        }
    }

    record UnknownContainer(Collection<String> containers, Collection<String> known) implements Rejection {
        @Override
        public String code() {
            return "unknown-container";
        }

        @Override
        public String sentence() {
            return "unable to find container " + quoted(containers) + "; there are " + quoted(known);
        }
    }

    /** The release contradicts itself or the rules. */
    record InvalidRelease(String path, String problem) implements Rejection {
        @Override
        public String code() {
            return "invalid-release";
        }

        @Override
        public String sentence() {
            return path + ": " + problem;
        }
    }

    private static String quoted(Collection<String> names) {
        return names.isEmpty()
                ? "(none)"
                : String.join(
                        ", ", names.stream().map(name -> "\"" + name + "\"").toList());
    }
}
