package dev.shiplog.localcluster.schema;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** An object as it is stored (canonical, without what its shape does not know), and what was wrong with it. */
public record Conformed(ObjectNode object, List<Problem> problems) {

    public List<Problem> of(Problem.Type type) {
        return problems.stream().filter(problem -> problem.type() == type).toList();
    }
}
