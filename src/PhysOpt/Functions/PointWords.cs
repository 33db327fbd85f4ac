namespace PhysOpt.Functions;

/// <summary>Points in messages: short ones in full, long ones by their first numbers.</summary>
internal static class PointWords
{
    /// <summary>A point of more numbers is shown by its first ones.</summary>
    internal const int Longest = 8;

    const int Shown = 3;

    /// <summary>The numbers: "3 1", or "3 1 2 ... (40 numbers)".</summary>
    /// <param name="x">The point.</param>
    /// <param name="format">How each number is written; in full unless given.</param>
    internal static string Of(Vector x, string? format = null) => x.Count <= Longest ? x.ToString(format, null)
        : FormattableString.Invariant($"{new Vector(x.Take(Shown)).ToString(format, null)} ... ({x.Count:N0} numbers)");

    /// <summary>Where that is: "x = 3 1".</summary>
    /// <param name="x">The point.</param>
    /// <param name="format">How each number is written; in full unless given.</param>
    internal static string Place(Vector x, string? format = null) => $"x = {Of(x, format)}";
}
