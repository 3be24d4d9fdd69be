package dev.shiplog.localcluster.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A set is written as wanted, or wanted/available; the old ones from the oldest to the youngest. */
class RollingTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # sentence                                               | wanted | surge | unavailable | new  | old       | steps
            the new grows by the surge                               | 3      | 1     | 0           | 0    | 3         | new 0->1
            wait while the new is not available                      | 3      | 1     | 0           | 1/0  | 3         | wait
            an old one goes for each new one that is available       | 3      | 1     | 0           | 1    | 3         | a 3->2
            the new grows into the place of an old one that went     | 3      | 1     | 0           | 1    | 2         | new 1->2
            do not go past the surge                                 | 3      | 1     | 0           | 2/1  | 2         | wait
            do not go below the availability                         | 10     | 3     | 2           | 5/0  | 8         | wait
            the old falls at once as far as may be unavailable       | 10     | 3     | 2           | 3/0  | 10        | a 10->8
            then there is room for the new                           | 10     | 3     | 2           | 3/0  | 8         | new 3->5
            the last old one goes                                    | 3      | 1     | 0           | 3    | 1         | a 1->0
            when nothing old is left it is done                      | 3      | 1     | 0           | 3    | 0         | wait
            without surge an old one must go first                   | 3      | 0     | 1           | 0    | 3         | a 3->2
            without surge the new grows into the gap                 | 3      | 0     | 1           | 0    | 2         | new 0->1
            the new is never larger than wanted                      | 3      | 5     | 0           | 0    | 3         | new 0->3
            a new one that is too large shrinks first                | 3      | 1     | 0           | 5    | 1         | new 5->3
            unhealthy old pods go first, for nobody misses them      | 10     | 0     | 2           | 0    | 10/8      | a 10->8
            a broken old one goes before anything available          | 3      | 1     | 0           | 0    | 3 1/0     | b 1->0
            the oldest goes first                                    | 4      | 0     | 2           | 0    | 2 2       | a 2->0
            and what it leaves to do is done by the next             | 4      | 0     | 3           | 0    | 2 2       | a 2->0, b 2->1
            unhealthy of all, then available of the oldest           | 10     | 3     | 0           | 7    | 4 2/0     | b 2->0, a 4->3
            """)
    void theNextStep(String sentence, int wanted, int surge, int unavailable, String fresh, String old, String steps) {
        Bounds bounds = new Bounds(wanted, surge, unavailable);
        String[] written = old.split(" ");
        List<ReplicaSet> sets = java.util.stream.IntStream.range(0, written.length)
                .mapToObj(i -> Sets.set(String.valueOf((char) ('a' + i)), written[i]))
                .toList();
        String next = Rolling.next(bounds, Sets.set("new", fresh), sets).stream()
                .map(resize -> resize.set().name() + " " + resize.from() + "->" + resize.to())
                .collect(Collectors.joining(", "));
        assertThat(next.isEmpty() ? "wait" : next).isEqualTo(steps);
    }
}
