using PhysOpt.Functions;

namespace PhysOpt.Problems;

/// <summary>Points and components in messages, by the names of the variables where they have any.</summary>
internal static class VariableWords
{
    /// <summary>Where a point is: "speed = 3, angle = 1", or "x = 3 1".</summary>
    /// <param name="x">The point.</param>
    /// <param name="names">The names of its components; null where they have none.</param>
    /// <param name="format">How each number is written; in full unless given.</param>
    internal static string Place(Vector x, VariableNames? names, string? format = null) =>
        names?.Count == x.Count && x.Count <= PointWords.Longest ? names.Describe(x, format) : PointWords.Place(x, format);

    /// <summary>A component in a sentence: the name of the variable, or "x[2]".</summary>
    internal static string Component(int index, VariableNames? names) => names?[index] ?? FormattableString.Invariant($"x[{index}]");
}
