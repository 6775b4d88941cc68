package dev.serverbackup.shrink;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.Set;

/**
 * Takes out of the SDK's table of all AWS services those whose clients are not deployed: the first client that is built
 * makes an instance of each one's class.
 */
final class Services {
    /**
     * By the prefix of its endpoint. A client asks for its own service; nothing else asks, and nothing asks for all.
     */
    private static final Set<String> DEPLOYED = Set.of("dynamodb", "events", "opsworks-cm", "ssm", "tagging");

    private static final String TABLE = "software/amazon/awssdk/regions/GeneratedServiceMetadataProvider";

    private final ClassFile classFile;

    /** @param classFile which writes a class with a pool of its own */
    Services(ClassFile classFile) {
        this.classFile = classFile;
    }

    static boolean isTable(String name) {
        return name.equals(TABLE);
    }

    /** The table with no service but those that are deployed. */
    byte[] without(byte[] table) {
        return classFile.transformClass(
                classFile.parse(table),
                ClassTransform.transformingMethodBodies(
                        method -> method.methodName().equalsString("<clinit>"),
                        CodeTransform.ofStateful(Services::entriesOfDeployed)));
    }

    /** An entry begins with its key, and ends with a call of put. */
    private static CodeTransform entriesOfDeployed() {
        boolean[] isLeftOut = {false};
        return (code, element) -> {
            if (element instanceof ConstantInstruction key && key.constantValue() instanceof String prefix) {
                isLeftOut[0] = !DEPLOYED.contains(prefix);
            }
            if (!isLeftOut[0] || !(element instanceof Instruction)) {
                code.with(element);
            }
            if (element instanceof InvokeInstruction call && call.name().equalsString("put")) {
                isLeftOut[0] = false;
            }
        };
    }
}
