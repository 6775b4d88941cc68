package dev.serverbackup.local.dynamodb;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/**
 * The one table of a CloudFormation template, as far as it can be had locally. Anything of it that is neither heeded
 * nor known to make no difference is refused, so that the local table can't silently differ from the deployed one.
 *
 * @param expiry the attribute of the TTL, if it is on
 */
public record TableTemplate(
        List<AttributeDefinition> attributes,
        List<KeySchemaElement> keys,
        List<GlobalSecondaryIndex> indexes,
        Optional<String> expiry) {

    private static final String TABLE = "AWS::DynamoDB::Table";

    /** The first five are heeded, the others say nothing of how the table answers; the name is the caller's. */
    private static final String[] PROPERTIES = {
        "AttributeDefinitions",
        "KeySchema",
        "GlobalSecondaryIndexes",
        "TimeToLiveSpecification",
        "BillingMode",
        "TableName",
        "DeletionProtectionEnabled",
        "PointInTimeRecoverySpecification",
        "SSESpecification",
        "Tags"
    };

    /**
     * The table of a file in YAML.
     *
     * @throws InvalidTemplateException if the file can't be read, or has not exactly one such table
     */
    public static TableTemplate read(Path template) {
        return of(TemplateSection.read(template));
    }

    private static TableTemplate of(TemplateSection template) {
        TemplateSection resources = template.section("Resources");
        List<TemplateSection> tables = resources.values().keySet().stream()
                .map(resources::section)
                .filter(resource -> resource.text("Type").equals(TABLE))
                .toList();
        if (tables.size() != 1) {
            throw new InvalidTemplateException(resources.path() + " must have one " + TABLE + ", has " + tables.size());
        }
        TemplateSection table = tables.getFirst().section("Properties").allowing(PROPERTIES);
        return new TableTemplate(
                table.sections("AttributeDefinitions").stream()
                        .map(TableTemplate::attribute)
                        .toList(),
                keysOf(table),
                indexesOf(table),
                table.optionalSection("TimeToLiveSpecification").flatMap(TableTemplate::expiryOf));
    }

    private static AttributeDefinition attribute(TemplateSection section) {
        section.allowing("AttributeName", "AttributeType");
        return AttributeDefinition.builder()
                .attributeName(section.text("AttributeName"))
                .attributeType(section.text("AttributeType"))
                .build();
    }

    private static List<KeySchemaElement> keysOf(TemplateSection section) {
        return section.sections("KeySchema").stream()
                .map(key -> key.allowing("AttributeName", "KeyType"))
                .map(key -> KeySchemaElement.builder()
                        .attributeName(key.text("AttributeName"))
                        .keyType(key.text("KeyType"))
                        .build())
                .toList();
    }

    private static List<GlobalSecondaryIndex> indexesOf(TemplateSection table) {
        return table.sections("GlobalSecondaryIndexes").stream()
                .map(index -> index.allowing("IndexName", "KeySchema", "Projection"))
                .map(index -> GlobalSecondaryIndex.builder()
                        .indexName(index.text("IndexName"))
                        .keySchema(keysOf(index))
                        .projection(projection(index.section("Projection")))
                        .build())
                .toList();
    }

    private static Projection projection(TemplateSection section) {
        section.allowing("ProjectionType", "NonKeyAttributes");
        var projection = Projection.builder().projectionType(section.text("ProjectionType"));
        if (section.values().containsKey("NonKeyAttributes")) {
            projection.nonKeyAttributes(section.texts("NonKeyAttributes"));
        }
        return projection.build();
    }

    private static Optional<String> expiryOf(TemplateSection section) {
        section.allowing("AttributeName", "Enabled");
        return Boolean.parseBoolean(section.text("Enabled"))
                ? Optional.of(section.text("AttributeName"))
                : Optional.empty();
    }

    CreateTableRequest named(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .attributeDefinitions(attributes)
                .keySchema(keys)
                .globalSecondaryIndexes(indexes)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .build();
    }
}
