package dev.serverbackup.local.opsworkscm.account;

/** How far the association or disassociation of a node is, under the API's names. */
public enum NodeAssociationStatus {
    SUCCESS,
    FAILED,
    IN_PROGRESS
}
