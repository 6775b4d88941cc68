package dev.serverbackup.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTypeTest {
    /** What is about the server, the request or a permission is final. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        InvalidStateException ThrottlingException NotSent                             | true  | false
        AuthFailure ExpiredToken ExpiredTokenException IncompleteSignature            | true  | true
        IncompleteSignatureException InvalidClientTokenId InvalidSignatureException   | true  | true
        MissingAuthenticationToken MissingAuthenticationTokenException RequestExpired | true  | true
        RequestInTheFuture RequestTimeTooSkewed SignatureDoesNotMatch                 | true  | true
        TokenRefreshRequired UnrecognizedClientException                              | true  | true
        LimitExceededException ResourceNotFoundException ValidationException          | false | false
        AccessDeniedException BackupFailed OptInRequired                              | false | false
        """)
    void what_says_nothing_of_the_server_may_be_tried_again(String types, boolean retryable, boolean aboutCaller) {
        for (String type : types.split(" ", -1)) {
            assertThat(new ErrorType(type).isRetryable()).as(type).isEqualTo(retryable);
            assertThat(new ErrorType(type).isAboutCaller()).as(type).isEqualTo(aboutCaller);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void a_type_has_a_name(String blank) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ErrorType(blank));
    }

    @Test
    void each_type_that_the_code_speaks_of_is_in_the_runbooks_table() throws IOException {
        List<String> named = Arrays.stream(ErrorType.class.getFields())
                .filter(field -> field.getType() == ErrorType.class)
                .map(ErrorTypeTest::nameOf)
                .toList();

        assertThat(Pattern.compile("(?m)^\\| \\[?`(\\w+)`")
                        .matcher(Files.readString(Path.of("docs/runbook.md")))
                        .results()
                        .map(row -> row.group(1)))
                .containsAll(named);
    }

    private static String nameOf(Field constant) {
        try {
            return ((ErrorType) constant.get(null)).name();
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
