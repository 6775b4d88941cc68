package dev.serverbackup.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTemplateTest {
    private static final String TABLE = """
        Resources:
          Function:
            Type: AWS::Serverless::Function
            Properties:
              Handler: !Sub '${Package}.Handler'
              Role: !GetAtt Role.Arn
              Layers: [!Ref Layer, !Select [0, !Split [',', !Ref Layers]]]
              Tracing: !If {Traced: yes}
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
              KeySchema: [{AttributeName: id, KeyType: HASH}]
              GlobalSecondaryIndexes:
                - IndexName: by-id
                  KeySchema: [{AttributeName: id, KeyType: HASH}]
                  Projection: {ProjectionType: KEYS_ONLY}
              TimeToLiveSpecification: {AttributeName: gone, Enabled: true}
              SSESpecification: {SSEEnabled: true, KMSMasterKeyId: !Ref Key}
        """;

    private static final String OTHER_FORM = " has another form than the local table can read; a reference has none";

    @TempDir
    private Path folder;

    @Test
    void a_table_stands_among_other_resources_and_references() {
        TableTemplate table = read(TABLE);

        assertThat(table.request().keySchema()).hasSize(1);
        assertThat(table.request().globalSecondaryIndexes()).hasSize(1);
        assertThat(table.expiry()).contains("gone");
    }

    @Test
    void an_expiry_that_is_off_is_none() {
        assertThat(read(TABLE.replace("Enabled: true}\n      SSE", "Enabled: false}\n      SSE"))
                        .expiry())
                .isEmpty();
    }

    @Test
    void a_missing_template_is_named_with_its_full_path() {
        Path missing = folder.resolve("absent.yaml");

        assertThatThrownBy(() -> TableTemplate.read(missing))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessage("no template can be read at " + missing.toAbsolutePath());
    }

    @Test
    void an_unknown_property_of_the_table_is_refused() {
        assertRefused(
                TABLE.replace(
                        "SSESpecification: {SSEEnabled: true, KMSMasterKeyId: !Ref Key}",
                        "KinesisStreamSpecification: {}"),
                "template.yaml.Resources.Table.Properties.KinesisStreamSpecification is not known to the local table");
    }

    @Test
    void an_unknown_property_of_an_index_is_refused() {
        assertRefused(
                TABLE.replace("Projection: {", "Projektion: {"),
                "template.yaml.Resources.Table.Properties.GlobalSecondaryIndexes[0].Projektion is not"
                        + " known to the local table");
    }

    @Test
    void a_reference_where_a_literal_is_needed_is_refused() {
        assertRefused(
                TABLE.replace("AttributeName: gone", "AttributeName: !Ref Gone"),
                "template.yaml.Resources.Table.Properties.TimeToLiveSpecification.AttributeName" + OTHER_FORM);
    }

    @Test
    void a_list_that_is_none_is_refused() {
        assertRefused(
                TABLE.replace("[{AttributeName: id, AttributeType: S}]", "id"),
                "template.yaml.Resources.Table.Properties.AttributeDefinitions" + OTHER_FORM);
    }

    @Test
    void a_template_without_a_table_is_refused() {
        assertRefused(
                TABLE.replace("AWS::DynamoDB::Table", "AWS::S3::Bucket"),
                "template.yaml must have one AWS::DynamoDB::Table, has 0");
    }

    @Test
    void a_property_said_twice_is_refused() {
        assertRefused(
                TABLE.replace("IndexName: by-id", "IndexName: by-id\n          IndexName: by-id"),
                folder.resolve("template.yaml") + " is not YAML (line 16: found duplicate key IndexName)");
    }

    @Test
    void text_that_is_no_template_is_refused() {
        assertRefused("", "template.yaml must have one AWS::DynamoDB::Table, has 0");
        assertRefused("{}", "template.yaml must have one AWS::DynamoDB::Table, has 0");
        assertRefused("no mapping", "template.yaml" + OTHER_FORM);
        assertRefused(
                "{",
                folder.resolve("template.yaml")
                        + " is not YAML (line 1: expected the node content, but found '<stream end>')");
    }

    private void assertRefused(String template, String message) {
        assertThatThrownBy(() -> read(template))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessage(message);
    }

    private TableTemplate read(String template) {
        try {
            return TableTemplate.read(Files.writeString(folder.resolve("template.yaml"), template));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
