package dev.serverbackup.local.opsworkscm.account;

import java.util.List;
import java.util.Optional;

/**
 * The attributes of a server that each backup keeps as they were when it began. Windows as {@code [DDD:]HH:MM}, UTC.
 */
public record ServerAttributes(
        String engine,
        String engineModel,
        String engineVersion,
        String instanceProfileArn,
        String instanceType,
        Optional<String> keyPair,
        String preferredBackupWindow,
        String preferredMaintenanceWindow,
        List<String> securityGroupIds,
        String serviceRoleArn,
        List<String> subnetIds) {

    public ServerAttributes {
        securityGroupIds = List.copyOf(securityGroupIds);
        subnetIds = List.copyOf(subnetIds);
    }

    /** On another kind of instance, and with another key pair if one is given. */
    public ServerAttributes on(String newInstanceType, Optional<String> newKeyPair) {
        return new ServerAttributes(
                engine,
                engineModel,
                engineVersion,
                instanceProfileArn,
                newInstanceType,
                newKeyPair.or(() -> keyPair),
                preferredBackupWindow,
                preferredMaintenanceWindow,
                securityGroupIds,
                serviceRoleArn,
                subnetIds);
    }

    /** With other windows. */
    public ServerAttributes within(String backupWindow, String maintenanceWindow) {
        return new ServerAttributes(
                engine,
                engineModel,
                engineVersion,
                instanceProfileArn,
                instanceType,
                keyPair,
                backupWindow,
                maintenanceWindow,
                securityGroupIds,
                serviceRoleArn,
                subnetIds);
    }

    /** With another version of the same engine. */
    public ServerAttributes upgraded(String newEngineVersion) {
        return new ServerAttributes(
                engine,
                engineModel,
                newEngineVersion,
                instanceProfileArn,
                instanceType,
                keyPair,
                preferredBackupWindow,
                preferredMaintenanceWindow,
                securityGroupIds,
                serviceRoleArn,
                subnetIds);
    }
}
