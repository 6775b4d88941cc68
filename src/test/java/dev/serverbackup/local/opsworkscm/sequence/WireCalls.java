package dev.serverbackup.local.opsworkscm.sequence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.local.opsworkscm.SequenceService;

/** A step as a call on the wire's terms. */
final class WireCalls {

    private static final String NEW = """
        {"ServerName": "%s", "Engine": "%s", "InstanceType": "m5.large",
         "InstanceProfileArn": "arn:aws:iam::123456789012:instance-profile/p",
         "ServiceRoleArn": "arn:aws:iam::123456789012:role/r"%s}\
        """;

    private final SequenceService service;

    WireCalls(SequenceService service) {
        this.service = service;
    }

    JsonNode make(Step step, String backupId, String token) {
        var name = step.name();
        return switch (step.kind()) {
            case CREATE_SERVER -> service.call("CreateServer", NEW.formatted(name, engine(step), ""));
            case CREATE_SERVER_FROM_BACKUP ->
                service.call("CreateServer", NEW.formatted(name, engine(step), ", \"BackupId\": \"" + backupId + "\""));
            case DELETE_SERVER -> service.call("DeleteServer", named(name, ""));
            case UPDATE_SERVER ->
                service.call("UpdateServer", named(name, ", \"BackupRetentionCount\": " + step.retention()));
            case START_MAINTENANCE -> service.call("StartMaintenance", named(name, ""));
            case RESTORE_SERVER -> service.call("RestoreServer", named(name, ", \"BackupId\": \"" + backupId + "\""));
            case UPDATE_ATTRIBUTE -> service.updateAttribute(name);
            case CREATE_BACKUP -> service.call("CreateBackup", named(name, ", \"Tags\": [" + tag(step, "own") + "]"));
            case DELETE_BACKUP -> service.call("DeleteBackup", "{\"BackupId\": \"" + backupId + "\"}");
            case ASSOCIATE -> service.associate(name, step.node());
            case DISASSOCIATE ->
                service.call(
                        "DisassociateNode",
                        named(
                                name,
                                ", \"NodeName\": \"" + step.node()
                                        + "\", \"EngineAttributes\": [{\"Name\": \"CHEF_ORGANIZATION\", \"Value\":"
                                        + " \"default\"}]"));
            case ASSOCIATION_STATUS ->
                service.call(
                        "DescribeNodeAssociationStatus",
                        named(name, ", \"NodeAssociationStatusToken\": \"" + token + "\""));
            case EXPORT ->
                service.call("ExportServerEngineAttribute", named(name, ", \"ExportAttributeName\": \"Userdata\""));
            case TAG -> service.call("TagResource", onArn(name, ", \"Tags\": [" + tag(step, "servers") + "]"));
            case UNTAG -> service.call("UntagResource", onArn(name, ", \"TagKeys\": [\"" + step.key() + "\"]"));
            case LIST_TAGS -> service.call("ListTagsForResource", onArn(name, ""));
            case PASS, FAIL -> throw new IllegalArgumentException("no call: " + step);
        };
    }

    private static String engine(Step step) {
        return step.isPuppet() ? "Puppet" : "ChefAutomate";
    }

    private static String named(String name, String more) {
        return "{\"ServerName\": \"" + name + "\"" + more + "}";
    }

    private String onArn(String name, String more) {
        return "{\"ResourceArn\": \"" + service.arn(name) + "\"" + more + "}";
    }

    private static String tag(Step step, String value) {
        return "{\"Key\": \"" + step.key() + "\", \"Value\": \"" + value + "\"}";
    }
}
