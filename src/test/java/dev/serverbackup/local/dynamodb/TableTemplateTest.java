package dev.serverbackup.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @TempDir
    private Path folder;

    @Test
    void a_table_stands_among_other_resources_and_references_and_its_rows_expire_if_it_says_so() {
        TableTemplate table = read(TABLE);

        assertThat(table.request().keySchema()).hasSize(1);
        assertThat(table.request().globalSecondaryIndexes()).hasSize(1);
        assertThat(table.expiry()).contains("gone");
        assertThat(read(TABLE.replace("gone, Enabled: true", "gone, Enabled: false"))
                        .expiry())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        SSESpecification: {SSEEnabled: true, KMSMasterKeyId: !Ref Key} | KinesisStreamSpecification: {} | \
        PROPERTIES.KinesisStreamSpecification is not known to the local table
        Projection: {                           | Projektion: {              | \
        PROPERTIES.GlobalSecondaryIndexes[0].Projektion is not known to the local table
        AttributeName: gone                     | AttributeName: !Ref Gone   | \
        PROPERTIES.TimeToLiveSpecification.AttributeName has another form than the local table can read; a reference has none
        [{AttributeName: id, AttributeType: S}] | id                         | \
        PROPERTIES.AttributeDefinitions has another form than the local table can read; a reference has none
        AWS::DynamoDB::Table                    | AWS::S3::Bucket            | \
        template.yaml must have one AWS::DynamoDB::Table, has 0
        """)
    void what_the_local_table_can_not_read_is_refused_with_its_place(String there, String instead, String message) {
        assertThat(TABLE).contains(there);
        assertRefused(
                TABLE.replace(there, instead),
                message.replace("PROPERTIES", "template.yaml.Resources.Table.Properties"));
    }

    @Test
    void text_that_is_no_template_and_a_missing_one_are_refused() {
        Path missing = folder.resolve("absent.yaml");
        assertThatThrownBy(() -> TableTemplate.read(missing))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessage("no template can be read at " + missing.toAbsolutePath());
        String file = folder.resolve("template.yaml").toString();
        assertRefused("{}", "template.yaml must have one AWS::DynamoDB::Table, has 0");
        assertRefused(
                "no mapping", "template.yaml has another form than the local table can read; a reference has none");
        assertRefused("{", file + " is not YAML (line 1: expected the node content, but found '<stream end>')");
        assertRefused("a: b\na: b", file + " is not YAML (line 2: found duplicate key a)");
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
