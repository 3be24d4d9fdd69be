package dev.shiplog.localcluster.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # sentence                                                  | wanted | surge | unavailable | most | fewest
            a quarter of 10 is 3 more, for surge is rounded up           | 10     | 25%   | 0           | 13   | 10
            a quarter of 10 is 2 less, for unavailability is rounded down | 10    | 0     | 25%         | 10   | 8
            a quarter of 3 is one more and none less                     | 3      | 25%   | 25%         | 4    | 3
            a quarter of 5 is two more and one less                      | 5      | 25%   | 25%         | 7    | 4
            none more and none less could never move, so one less        | 3      | 0     | 0           | 3    | 2
            per cents that come to nothing could never move either       | 3      | 0%    | 1%          | 3    | 2
            no more can be unavailable than there are                    | 2      | 0     | 5           | 2    | 0
            of nothing, nothing                                          | 0      | 25%   | 25%         | 0    | 0
            plain numbers are taken as they are                          | 4      | 3     | 2           | 7    | 2
            """)
    void boundsOfARollingUpdate(String sentence, int wanted, String surge, String unavailable, int most, int fewest) {
        Bounds bounds = Bounds.rolling(wanted, written(surge), written(unavailable));
        assertThat(bounds.most()).isEqualTo(most);
        assertThat(bounds.fewest()).isEqualTo(fewest);
    }

    private static IntOrPercent written(String text) {
        return IntOrPercent.of(
                text.endsWith("%") ? Json.text(text) : Json.number(Integer.parseInt(text)), IntOrPercent.count(0));
    }
}
