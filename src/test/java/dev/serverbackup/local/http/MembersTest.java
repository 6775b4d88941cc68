package dev.serverbackup.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembersTest {

    private static final Text NAME = Text.of(1, 5).matching("[a-z]*");
    private static final Text SECRET = Text.of(0, 3).kept();
    private static final Range ONE_OR_TWO = new Range(1, 2);

    @Test
    void a_fault_inside_a_list_names_its_position() {
        var message = refusal(
                "{\"Tags\": [{\"Key\": \"a\"}, {\"Key\": \"\"}]}",
                input -> input.structures("Tags", ONE_OR_TWO).forEach(tag -> tag.required("Key", NAME)));

        assertThat(message)
                .isEqualTo("1 validation error detected: Value '' at 'tags.2.member.key' failed to satisfy constraint:"
                        + " Member must have length greater than or equal to 1");
    }

    @Test
    void a_sensitive_value_is_never_repeated() {
        assertThat(refusal("{\"Key\": \"secret\"}", input -> input.optional("Key", SECRET)))
                .isEqualTo("1 validation error detected: Value at 'key' failed to satisfy constraint: Member must have"
                        + " length less than or equal to 3");
    }

    @Test
    void null_is_an_absent_member() {
        var input = members("{\"ServerName\": null}");

        assertThat(input.has("ServerName")).isFalse();
        assertThat(input.optional("ServerName", NAME)).isEmpty();
    }

    @Test
    void length_counts_characters_not_their_encoding() {
        var input = members("{\"Description\": \"😀😀😀\"}");

        input.optional("Description", Text.of(3, 3));
        input.verify(AwsErrorType.VALIDATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "99999999999", "\"1\""})
    void an_integer_is_a_whole_number_of_32_bits(String json) {
        assertThatExceptionOfType(AwsError.class)
                .isThrownBy(() -> members("{\"MaxResults\": " + json + "}").integer("MaxResults", ONE_OR_TWO))
                .satisfies(error -> assertThat(error.type()).isEqualTo(AwsErrorType.SERIALIZATION));
    }

    private static String refusal(String json, Consumer<InputReader> read) {
        var input = members(json);
        read.accept(input);
        try {
            input.verify(AwsErrorType.VALIDATION);
            return "";
        } catch (AwsError refused) {
            assertThat(refused.type()).isEqualTo(AwsErrorType.VALIDATION);
            return refused.getMessage();
        }
    }

    private static InputReader members(String json) {
        try {
            return InputReader.of((ObjectNode) new ObjectMapper().readTree(json));
        } catch (JsonProcessingException mistake) {
            throw new AssertionError(mistake);
        }
    }
}
