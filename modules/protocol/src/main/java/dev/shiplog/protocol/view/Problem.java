package dev.shiplog.protocol.view;

/**
 * RFC 9457 problem details, {@code application/problem+json}.
 *
 * @param code for programs, e.g. {@code unknown-application}
 */
public record Problem(String type, String title, int status, String detail, String code) {}
