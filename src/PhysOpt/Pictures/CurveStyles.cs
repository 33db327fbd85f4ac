using System.Globalization;

namespace PhysOpt.Pictures;

/// <summary>How the runs of a picture are drawn and called: colours by method, lines by run.</summary>
internal sealed class CurveStyles(IReadOnlyList<PictureSeries> runs, bool pointsOnly, MarkerShape marker)
{
    /// <summary>The points of all curves together, at most, and of one at least.</summary>
    const int AllPoints = 12_000, FewestPoints = 120;

    /// <summary>Up to so many points each has its marker.</summary>
    const int Marked = 60;

    static readonly LinePattern[] Patterns = [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted, LinePattern.DashDotted];
    readonly MarkerShape[] markers = [marker, MarkerShape.Square, MarkerShape.Triangle, MarkerShape.Diamond];

    readonly Dictionary<string, int> total = runs.GroupBy(run => run.Method).ToDictionary(group => group.Key, group => group.Count());
    readonly Dictionary<string, int> seen = [];

    /// <summary>Of each method the learning rates of its runs, in words; null where they do not tell the runs apart.</summary>
    readonly Dictionary<string, string[]?> rates = runs.GroupBy(run => run.Method).ToDictionary(group => group.Key, group =>
    {
        var each = group.Select(run => run.LearningRate?.ToString("G3", CultureInfo.InvariantCulture)).OfType<string>().ToArray();
        return each.Length == group.Count() && each.Distinct().Count() == each.Length ? each : null;
    });

    /// <summary>The most points that a curve keeps.</summary>
    internal int Limit { get; } = int.Max(FewestPoints, AllPoints / int.Max(1, runs.Count));

    /// <summary>The curve of the next run.</summary>
    internal Curve Next(PictureSeries run, IReadOnlyList<Dot> dots)
    {
        var index = seen.GetValueOrDefault(run.Method);
        seen[run.Method] = index + 1;
        var many = total[run.Method] > Patterns.Length;
        var label = total[run.Method] == 1 ? run.Method
            : !many && rates[run.Method] is { } each ? FormattableString.Invariant($"{run.Method}, {each[index]}")
            : !many ? FormattableString.Invariant($"{run.Method} {index + 1}")
            : index == 0 ? FormattableString.Invariant($"{run.Method} ({total[run.Method]} runs)") : null;
        var kept = Decimation.Of(dots, Limit);
        var line = pointsOnly ? LinePattern.None : many ? LinePattern.Solid : Patterns[index];
        return new(label, run.Method, MethodColours.Of(run.Method), kept, line, pointsOnly || kept.Count <= Marked
            ? markers[many ? 0 : index] : MarkerShape.None);
    }

    /// <summary>Says how many points were left out, if any.</summary>
    internal static void NoteDecimation(int before, IEnumerable<Curve> curves, PictureNotes notes)
    {
        var after = curves.Sum(curve => curve.Dots.Count);
        if (after < before) notes.Warn(
            FormattableString.Invariant(
            $"{before} records are drawn as {after} points: the first, the last and the outermost of each stretch."));
    }
}
