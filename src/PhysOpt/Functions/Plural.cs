namespace PhysOpt.Functions;

/// <summary>Counts in words, for messages.</summary>
internal static class Plural
{
    /// <summary>"1 evaluation", "2 evaluations".</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">What one of them is called.</param>
    internal static string Of(long count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");
}
