package dev.serverbackup.local.opsworkscm.pki;

import java.util.Optional;

/**
 * What a node asks to have certified (PKCS #10).
 *
 * @param subject its name, as DER
 * @param publicKey its key with the algorithm, as DER
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SigningRequest(byte[] subject, byte[] publicKey) {

    /** The request that a PEM text holds; absent if it holds none. */
    public static Optional<SigningRequest> parse(String pem) {
        return Pem.find("CERTIFICATE REQUEST", pem)
                .or(() -> Pem.find("NEW CERTIFICATE REQUEST", pem))
                .flatMap(SigningRequest::read);
    }

    private static Optional<SigningRequest> read(byte[] der) {
        try {
            var request = Der.read(der).getFirst();
            var info = Der.read(Der.read(request.content()).getFirst().content());
            var subject = info.get(1);
            var publicKey = info.get(2);
            var wellFormed = info.getFirst().tag() == Der.INTEGER
                    && subject.tag() == Der.SEQUENCE
                    && publicKey.tag() == Der.SEQUENCE;
            return wellFormed ? Optional.of(new SigningRequest(subject.whole(), publicKey.whole())) : Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException noRequest) {
            return Optional.empty();
        }
    }
}
