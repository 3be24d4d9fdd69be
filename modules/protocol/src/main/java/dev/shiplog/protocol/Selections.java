package dev.shiplog.protocol;

import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.fleet.LabelSelector;
import dev.shiplog.domain.fleet.LabelSelector.Operator;
import dev.shiplog.domain.fleet.LabelSelector.Requirement;
import dev.shiplog.protocol.v1.ReleaseProto;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Selections of clusters; an absent one is an empty one, and that selects all. */
final class Selections {

    private Selections() {}

    static ClusterSelection fromProto(ReleaseProto.ClusterSelection message, String path) {
        var requirements = new ArrayList<Requirement>();
        for (var requirement : message.getMatchExpressionsList()) {
            var place = Paths.item(path + ".matchExpressions", requirements.size());
            requirements.add(requirement(requirement, place));
        }
        return new ClusterSelection(
                message.getNamesList(), new LabelSelector(message.getMatchLabelsMap(), requirements));
    }

    private static Requirement requirement(ReleaseProto.ClusterSelection.Requirement message, String path) {
        if (message.getKey().isEmpty()) {
            throw FieldProblem.missing(path + ".key", "the label to look at is needed");
        }
        var operator = switch (message.getOperator()) {
            case In -> Operator.IN;
            case NotIn -> Operator.NOT_IN;
            case Exists -> Operator.EXISTS;
            case DoesNotExist -> Operator.DOES_NOT_EXIST;
            case OPERATOR_UNSPECIFIED ->
                throw FieldProblem.missing(path + ".operator", "one of In, NotIn, Exists and DoesNotExist is needed");
            case UNRECOGNIZED ->
                throw FieldProblem.unknown(
                        path + ".operator",
                        message.getOperatorValue() + " is none of In, NotIn, Exists and DoesNotExist");
        };
        boolean needsValues = operator == Operator.IN || operator == Operator.NOT_IN;
        if (needsValues == message.getValuesList().isEmpty()) {
            throw FieldProblem.invalid(
                    path + ".values",
                    message.getOperator() + (needsValues ? " needs at least one value" : " takes no values"));
        }
        return new Requirement(message.getKey(), operator, List.copyOf(message.getValuesList()));
    }

    static ReleaseProto.ClusterSelection toProto(ClusterSelection selection) {
        return ReleaseProto.ClusterSelection.newBuilder()
                .addAllNames(selection.names())
                .putAllMatchLabels(new TreeMap<>(selection.selector().matchLabels()))
                .addAllMatchExpressions(selection.selector().matchExpressions().stream()
                        .map(Selections::toProto)
                        .toList())
                .build();
    }

    private static ReleaseProto.ClusterSelection.Requirement toProto(Requirement requirement) {
        return ReleaseProto.ClusterSelection.Requirement.newBuilder()
                .setKey(requirement.key())
                .setOperator(
                        switch (requirement.operator()) {
                            case IN -> ReleaseProto.ClusterSelection.Operator.In;
                            case NOT_IN -> ReleaseProto.ClusterSelection.Operator.NotIn;
                            case EXISTS -> ReleaseProto.ClusterSelection.Operator.Exists;
                            case DOES_NOT_EXIST -> ReleaseProto.ClusterSelection.Operator.DoesNotExist;
                        })
                .addAllValues(requirement.values())
                .build();
    }
}
