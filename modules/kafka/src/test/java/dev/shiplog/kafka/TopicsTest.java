package dev.shiplog.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Test;

class TopicsTest {

    private static final List<String> ALL =
            List.of(Topics.COMMANDS, Topics.OUTCOMES, Topics.EVENTS, Topics.DEAD_LETTERS);

    @Test
    void makingThemAgainChangesNothing() throws Exception {
        try (Admin admin = Admin.create(Broker.connection())) {
            int added = Broker.addPartition(Topics.COMMANDS);
            Broker.await("the broker knows", () -> partitions(admin, Topics.COMMANDS) == added + 1);

            Topics.ensure(Broker.connection());

            assertThat(partitions(admin, Topics.COMMANDS)).isEqualTo(added + 1);
            assertThat(partitions(admin, Topics.OUTCOMES)).isEqualTo(Topics.PARTITIONS);
            assertThat(partitions(admin, Topics.DEAD_LETTERS)).isEqualTo(Topics.PARTITIONS);
            assertThat(admin.listTopics().names().get()).containsAll(ALL);
        }
    }

    private static int partitions(Admin admin, String topic) throws Exception {
        Map<String, TopicDescription> found =
                admin.describeTopics(ALL).allTopicNames().get();
        return found.entrySet().stream()
                .filter(entry -> entry.getKey().equals(topic))
                .mapToInt(entry -> entry.getValue().partitions().size())
                .sum();
    }
}
