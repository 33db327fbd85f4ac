using PhysOpt.Functions;
using PhysOpt.Optimization;

namespace PhysOpt.Solving;

/// <summary>Whether values scatter so much that their differences are no slopes.</summary>
internal static class NoiseProbe
{
    /// <summary>Between two points, of the sizes of variables: the fourth difference of what is smooth is nothing there.</summary>
    const double Spacing = 1e-9;

    /// <summary>Of the values: slopes by the best of differences are then good for five digits.</summary>
    const double Least = 1e-8;

    /// <summary>The evaluations that it takes.</summary>
    internal const int Count = ValueNoise.Count;

    /// <summary>
    /// The standard deviation of the noise of values next to a point, in units of the loss; 0 where it is too small to matter, or cannot be
    /// told. The point itself is left out, since a loss may have a kink or a jump where somebody starts.
    /// </summary>
    /// <param name="f">The objective.</param>
    /// <param name="x">The point.</param>
    internal static double At(IObjective f, Vector x)
    {
        var sizes = f.Bounds.Sizes(x, x);
        var values = new double[Count];
        for (var k = 0; k < Count; k++)
        {
            var part = (k + 1) * Spacing;
            values[k] = f.At(f.Project(new(x.Select((xi, i) => xi + (f.Bounds.Inward(x, i) < 0 ? -part : part) * sizes[i])))).Value;
        }

        var largest = values.Max(double.Abs);
        if (!(largest > 0 && double.IsFinite(largest))) return 0;
        double[] parts = [.. values.Select(value => value / largest)]; // whose squares neither overflow nor vanish
        return ValueNoise.Estimate(parts) is { } noise && noise > Least && Alternates(parts) ? noise * largest : 0;
    }

    /// <summary>True where third differences change their sign, as those beside a pole or the edge of a root do not.</summary>
    static bool Alternates(double[] values)
    {
        double[] thirds = [.. Enumerable.Range(0, values.Length - 3).Select(k =>
            values[k + 3] - 3 * values[k + 2] + 3 * values[k + 1] - values[k])];
        return thirds.Any(each => each > 0) && thirds.Any(each => each < 0);
    }
}
