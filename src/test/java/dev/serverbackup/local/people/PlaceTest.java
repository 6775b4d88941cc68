package dev.serverbackup.local.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.local.Options;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {
    private static final Map<String, String> LED_ELSEWHERE =
            Map.of("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:9001");

    @Test
    void it_is_the_local_cloud_if_nothing_is_named() {
        Place place = place(Map.of(), "--table=", "--region=", "--dynamodb.endpoint=");

        assertThat(place).hasToString("table server-backup-audit at http://127.0.0.1:8001");
        assertThat(place.isOnThisMachine()).isTrue();
    }

    @Test
    void a_table_and_a_region_are_on_aws() {
        Place place = place(Map.of(), "--table=audit", "--region=eu-central-1");

        assertThat(place).hasToString("table audit in eu-central-1");
        assertThat(place.isOnThisMachine()).isFalse();
    }

    @Test
    void the_environment_may_name_an_endpoint() {
        assertThat(place(LED_ELSEWHERE, "--table=audit")).hasToString("table audit at http://127.0.0.1:9001");
    }

    @Test
    void an_option_goes_before_the_environment() {
        assertThat(place(LED_ELSEWHERE, "--dynamodb.endpoint=http://localhost:9002"))
                .hasToString("table server-backup-audit at http://localhost:9002");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8001,                      true",
        "http://localhost:8001,                      true",
        "http://[::1]:8001,                          true",
        "https://127.0.0.1:8001,                     false",
        "http://127.0.0.1.example.com,               false",
        "https://dynamodb.eu-central-1.amazonaws.com, false"
    })
    void anybodys_credentials_do_for_this_machine_only(String endpoint, boolean onThisMachine) {
        assertThat(place(Map.of(), "--dynamodb.endpoint=" + endpoint).isOnThisMachine())
                .isEqualTo(onThisMachine);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        --table=a b                         | -Dtable is a table's name, 3 to 255 of A-Z a-z 0-9 _ . -, not "a b"
        --region=Frankfurt am Main          | -Dregion is a region's name such as eu-central-1, not "Frankfurt am Main"
        --dynamodb.endpoint=127.0.0.1:8001  | -Ddynamodb.endpoint (or AWS_ENDPOINT_URL_DYNAMODB) is an address such as \
        http://127.0.0.1:8001, not "127.0.0.1:8001"
        --dynamodb.endpoint=http://a@b/c    | -Ddynamodb.endpoint (or AWS_ENDPOINT_URL_DYNAMODB) is an address such as \
        http://127.0.0.1:8001, not "http://a@b/c"
        """)
    void what_an_option_may_be_is_said(String option, String message) {
        assertThatThrownBy(() -> place(Map.of(), option))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Place place(Map<String, String> environment, String... arguments) {
        return Place.read(Options.of(AskAudit.OPTIONS, arguments), environment);
    }
}
