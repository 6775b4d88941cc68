package dev.serverbackup.backup.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class ErrorsTest {
    @Test
    void a_parser_s_internals_do_not_stand_in_what_people_read() {
        SdkClientException unreadable = SdkClientException.create("""
            Unable to unmarshall response (Unexpected character ('<' (code 60))
             at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2])\
            """);

        assertThat(Errors.inOneLine(unreadable))
                .isEqualTo("SdkClientException: Unable to unmarshall response (Unexpected character ('<' (code 60))");
    }

    @Test
    void a_text_of_several_lines_is_one() {
        assertThat(Errors.inOneLine(new IllegalStateException("cut off\n  by the proxy")))
                .isEqualTo("IllegalStateException: cut off by the proxy");
    }
}
