package dev.shiplog.localcluster.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "hello:1",
                "kelseyhightower/hello:1.0.0",
                "registry.example.com:5000/team/app_x/hello-world:v1.2_rc",
                "nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void namesOfImages(String name) {
        assertThat(ImageName.isValid(name)).isTrue();
        assertThat(Behaviour.of(name)).isEqualTo(Behaviour.WELL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UPPER CASE", "hello:", "hello: 1", "Hello", ":1", "hello//x", "hello@sha256:12", "", "-hello"})
    void whatIsNone(String name) {
        assertThat(ImageName.isValid(name)).isFalse();
        assertThat(Behaviour.of(name)).isEqualTo(Behaviour.UNNAMEABLE);
        assertThat(ImageName.refusal(name))
                .contains("couldn't parse image name \"" + name + "\": invalid reference format");
    }
}
