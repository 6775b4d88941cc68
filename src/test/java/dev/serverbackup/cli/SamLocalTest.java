package dev.serverbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.dynamodb.TemplateSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What leads {@code sam local invoke} to the local cloud agrees with where the local cloud is by default. */
class SamLocalTest {
    private static final String HOST = "http://host.docker.internal:";

    @Test
    void each_function_of_the_file_is_led_to_the_default_ports_and_the_table() throws IOException {
        int port = Integer.parseInt(new CommandLine(new CloudCommand())
                .getCommandSpec()
                .findOption("--port")
                .defaultValue());
        String aws = HOST + port;
        String dynamoDb = HOST + (port + 1);

        assertThat(file())
                .isNotEmpty()
                .allSatisfy(function -> assertThat(texts(function))
                        .containsEntry("AUDIT_TABLE", LocalCloud.AUDIT_TABLE)
                        .containsEntry("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb)
                        .containsEntry("AWS_ENDPOINT_URL_OPSWORKSCM", aws)
                        .containsEntry("AWS_ENDPOINT_URL_SSM", aws)
                        .containsEntry("AWS_ENDPOINT_URL_RESOURCE_GROUPS_TAGGING_API", aws)
                        .allSatisfy((_, value) -> assertThat(value).isIn(LocalCloud.AUDIT_TABLE, dynamoDb, aws)));
    }

    /** SAM gives a function only the variables that its template names. */
    @Test
    void its_functions_and_their_variables_stand_in_the_template() throws IOException {
        TemplateSection template = TemplateSection.read(Path.of("template.yaml"));
        Map<String, Object> variables = template.section("Globals")
                .section("Function")
                .section("Environment")
                .section("Variables")
                .values();

        assertThat(template.section("Resources").values())
                .containsKeys(texts(file()).keySet().toArray(String[]::new));
        assertThat(file())
                .allSatisfy(function -> assertThat(variables)
                        .containsKeys(texts(function).keySet().toArray(String[]::new)));
    }

    private static JsonNode file() throws IOException {
        return new JsonMapper().readTree(Files.readString(Path.of("src", "local", "sam-local.json")));
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asText()));
        return texts;
    }
}
