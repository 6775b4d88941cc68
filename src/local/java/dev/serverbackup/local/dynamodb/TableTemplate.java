package dev.serverbackup.local.dynamodb;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;

/**
 * The one table of a CloudFormation template, for DynamoDB Local. A property that is neither used nor known to be
 * irrelevant is refused, so that the local table can't silently differ from the deployed one.
 *
 * @param request what makes it, under any name: CloudFormation calls its properties as the API does
 * @param expiry the attribute of the TTL, if it is on
 */
public record TableTemplate(CreateTableRequest request, Optional<String> expiry) {
    private static final String TABLE = "AWS::DynamoDB::Table";
    private static final String EXPIRY = "TimeToLiveSpecification";
    /** These properties do not change how the table answers; the caller chooses the name. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "TableName", "DeletionProtectionEnabled", "PointInTimeRecoverySpecification", "SSESpecification", "Tags");

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
            .build();

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Template(Map<String, Resource> resources) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Resource(String type, Map<String, Object> properties) {
        Resource {
            properties = requireNonNullElse(properties, Map.of());
        }
    }

    /**
     * The table of a file in YAML.
     *
     * @throws InvalidTemplateException if the file can't be read, or has not exactly one such table
     */
    public static TableTemplate read(Path template) {
        String name = template.getFileName().toString();
        var resources = Optional.ofNullable(converted(name, CloudFormationTags.read(template), Template.class))
                .map(Template::resources)
                .orElse(Map.of());
        List<Map.Entry<String, Resource>> tables = resources.entrySet().stream()
                .filter(resource -> TABLE.equals(resource.getValue().type()))
                .toList();
        if (tables.size() != 1) {
            throw new InvalidTemplateException(name + " must have one " + TABLE + ", has " + tables.size());
        }
        String path = name + ".Resources." + tables.getFirst().getKey() + ".Properties";
        return of(path, tables.getFirst().getValue().properties());
    }

    private static TableTemplate of(String path, Map<String, Object> properties) {
        Map<String, Object> heeded = new HashMap<>(properties);
        heeded.keySet().removeAll(WITHOUT_EFFECT);
        Optional<String> expiry = Optional.ofNullable(heeded.remove(EXPIRY))
                .map(said -> converted(path + "." + EXPIRY, said, TimeToLiveSpecification.serializableBuilderClass())
                        .build())
                .filter(TimeToLiveSpecification::enabled)
                .map(TimeToLiveSpecification::attributeName);
        return new TableTemplate(
                converted(path, heeded, CreateTableRequest.serializableBuilderClass())
                        .build(),
                expiry);
    }

    private static <T> T converted(String path, Object said, Class<T> type) {
        try {
            return JSON.convertValue(said, type);
        } catch (IllegalArgumentException e) {
            throw new InvalidTemplateException(path + fault(e.getCause()), e);
        }
    }

    private static String fault(Throwable cause) {
        if (!(cause instanceof JsonMappingException mistake)) {
            return " can't be read";
        }
        var at = new StringBuilder();
        for (var step : mistake.getPath()) {
            at.append(step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
        }
        return at
                + (mistake instanceof UnrecognizedPropertyException
                        ? " is not known to the local table"
                        : " has another form than the local table can read; a reference has none");
    }
}
