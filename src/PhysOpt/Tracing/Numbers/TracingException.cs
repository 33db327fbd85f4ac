namespace PhysOpt.Tracing;

/// <summary>A function cannot be traced as it is written: it did something with a traced number that a record cannot hold.</summary>
public sealed class TracingException : Exception
{
    internal TracingException(string errorId, string message) : base(message) => ErrorId = errorId;

    /// <summary>A stable name of what went wrong, such as "TraceTooLong".</summary>
    public string ErrorId { get; }

    internal static TracingException TooLong(int limit) => new(
        "TraceTooLong", $"The function makes more than {limit:N0} operations on traced numbers; a record of it would not pay.");

    internal static TracingException Escaped() => new(
        "TraceEscaped", "A traced number was used after its recording had ended: it was kept in a variable from one call to the next.");

    internal static TracingException Foreign() => new(
        "TraceForeign", "Two traced numbers of different recordings met: one was kept in a variable from an earlier call.");

    internal static TracingException NotComparable(object? other) => new(
        "TraceNotComparable",
        $"A traced number can be compared with a number, not with {(other is null ? "nothing (null)" : other.GetType().Name)}.");

    internal static TracingException ComparedNaN() => new(
        "TraceComparedNaN", "A comparison with NaN cannot be traced: neither less nor equal nor greater is true of it.");

    internal static TracingException Outside(double index, int length) => new(
        "TraceOutside", FormattableString.Invariant($"A list of {length} has no element {index}."));

    internal static TracingException Hashed() => new(
        "TraceHashed", "A traced number cannot be a key of a hashtable: which entry it finds would not be part of the record.");

    internal static TracingException NotNumber(object? value) => new(
        "TraceNotNumber", $"A number is needed, but {(value is null ? "nothing (null)" : $"'{value}' ({value.GetType().Name})")} is none.");
}
