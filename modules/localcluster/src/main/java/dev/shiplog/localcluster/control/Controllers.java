package dev.shiplog.localcluster.control;

import dev.shiplog.localcluster.ClusterSettings;
import dev.shiplog.localcluster.access.DefaultRoles;
import dev.shiplog.localcluster.autoscaling.Autoscaler;
import dev.shiplog.localcluster.daemonset.DaemonSetController;
import dev.shiplog.localcluster.deployment.DeploymentController;
import dev.shiplog.localcluster.disruption.Budgets;
import dev.shiplog.localcluster.endpoints.EndpointSlices;
import dev.shiplog.localcluster.events.Retention;
import dev.shiplog.localcluster.garbage.GarbageCollector;
import dev.shiplog.localcluster.gateway.Gateway;
import dev.shiplog.localcluster.kubelet.Kubelet;
import dev.shiplog.localcluster.namespaces.NamespaceContents;
import dev.shiplog.localcluster.namespaces.SystemNamespaces;
import dev.shiplog.localcluster.namespaces.Termination;
import dev.shiplog.localcluster.nodes.Connectivity;
import dev.shiplog.localcluster.nodes.NodeLifecycle;
import dev.shiplog.localcluster.nodes.Nodes;
import dev.shiplog.localcluster.nodes.TaintEviction;
import dev.shiplog.localcluster.quota.Quotas;
import dev.shiplog.localcluster.replicaset.ReplicaSetController;
import dev.shiplog.localcluster.scheduling.Scheduler;
import dev.shiplog.localcluster.services.LoadBalancers;
import dev.shiplog.localcluster.statefulset.StatefulSetController;
import java.util.List;

/** The controllers that every local cluster runs. */
public final class Controllers {
    private Controllers() {}

    /** In the order in which they are attached, and hear of a change: the collector last, so that others still see what goes. */
    public static List<Controller> standard(ClusterSettings settings, Connectivity connectivity) {
        return List.of(
                new Retention(),
                new SystemNamespaces(),
                new DefaultRoles(),
                new Nodes(settings.nodes(), connectivity),
                new NodeLifecycle(connectivity),
                new TaintEviction(),
                new NamespaceContents(),
                new Termination(),
                new Quotas(),
                new Budgets(),
                new Autoscaler(),
                new DeploymentController(),
                new ReplicaSetController(),
                new StatefulSetController(),
                new DaemonSetController(),
                new Scheduler(),
                new Kubelet(settings.timeToReady(), connectivity),
                new EndpointSlices(),
                new LoadBalancers(settings.name()),
                new Gateway(),
                new GarbageCollector());
    }
}
