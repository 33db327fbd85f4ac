using PhysOpt.Functions;

namespace PhysOpt.Optimization;

/// <summary>A slope that contradicts another, in words.</summary>
internal static class SlopeWords
{
    const int MostComponents = 4;

    /// <param name="outcome">The slopes.</param>
    /// <param name="outputs">How many outputs were added up with weights; 1 where it is the slope of one.</param>
    internal static string Of(SlopeOutcome outcome, int outputs = 1)
    {
        var slope = outputs == 1 ? "Its slope" : "The slope of a weighted sum of its outputs";
        var along = outcome.Direction.Count == 1 ? slope
            : outcome.Direction.Count <= MostComponents ? FormattableString.Invariant($"{slope} along ({outcome.Direction:G3})")
            : $"{slope} along one direction";
        var sign = outcome.Direction.Count == 1 && outcome.Direction[0] < 0 ? -1 : 1;
        return FormattableString.Invariant($"{along} is {sign * outcome.Differenced:G6}, but {sign * outcome.Given:G6} when it is traced")
            + $", {Place(outcome.At)}";
    }

    /// <summary>Where, after a comma.</summary>
    internal static string Place(Vector x) => $"at {PointWords.Place(x, "G6")}";
}
