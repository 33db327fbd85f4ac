using PhysOpt.LinearAlgebra;

namespace PhysOpt.Functions;

/// <summary>
/// The limit of a difference quotient as its step goes to zero, with an estimate of its error: Neville's table over halved steps.
/// </summary>
/// <remarks>
/// The quotient is taken to be its limit plus powers h^p of the step; each column removes one power. An entry is in error by its
/// disagreement with the two entries that it was made of, plus what the errors of the function's values become in it: Ridders (1982),
/// Advances in Engineering Software 4:75, and Press et al. (2007), Numerical Recipes, section 5.7, to which the second part is added here.
/// </remarks>
/// <param name="firstPower">The lowest power of h in the error of the quotient.</param>
/// <param name="powerStep">The distance between powers.</param>
internal sealed class ExtrapolationTable(int firstPower, int powerStep)
{
    const int MostColumns = 6;

    /// <summary>The error estimate is doubled: it is to bound the error, not to be its size.</summary>
    const double Safety = 2;

    readonly double[] factors = [.. Enumerable.Range(0, MostColumns - 1).Select(k => double.ScaleB(1, firstPower + k * powerStep))];
    readonly List<Row> rows = [];
    double[] previous = [];

    /// <summary>An extrapolated value.</summary>
    /// <param name="Value">The limit.</param>
    /// <param name="Error">A bound of its error, as far as the table can tell; infinite where there is no estimate.</param>
    /// <param name="Scatter">What of the error comes from errors of the function's values.</param>
    /// <param name="Step">The smallest step that went into it.</param>
    /// <param name="IsSupported">True when the entries of all smaller steps agree with it, within their errors: where quotients diverge
    /// they do not.</param>
    internal readonly record struct Estimate(double Value, double Error, double Scatter, double Step, bool IsSupported);

    /// <summary>The entry of a row that agrees best, and by how much values in error by 1 would change it.</summary>
    readonly record struct Row(double Step, double Value, double Disagreement, double Gain, double Magnitude)
    {
        internal double Error(double noise) => Disagreement + Scatter(noise);

        internal double Scatter(double noise) => Gain * double.Max(noise, Precision.MachineEpsilon * Magnitude);
    }

    /// <summary>Adds the quotient of the next step, which is half the one before.</summary>
    /// <param name="step">h.</param>
    /// <param name="quotient">Its quotient; one that is not finite begins the table anew.</param>
    /// <param name="gain">The largest change of the quotient when every value of the function changes by at most 1.</param>
    /// <param name="magnitude">The largest value of the function that went into it.</param>
    internal void Add(double step, double quotient, double gain, double magnitude)
    {
        if (!double.IsFinite(quotient))
        {
            previous = [];
            return;
        }

        var row = new double[int.Min(previous.Length + 1, MostColumns)];
        row[0] = quotient;
        var (value, disagreement, amplified) = (0.0, double.PositiveInfinity, gain);
        for (var k = 1; k < row.Length; k++)
        {
            var factor = factors[k - 1];
            row[k] = row[k - 1] + (row[k - 1] - previous[k - 1]) / (factor - 1);
            amplified *= (factor + 1) / (factor - 1);
            var difference = double.Max(double.Abs(row[k] - row[k - 1]), double.Abs(row[k] - previous[k - 1]));
            if (difference < disagreement) (value, disagreement) = (row[k], difference);
        }

        if (double.IsFinite(disagreement)) rows.Add(new(step, value, disagreement, amplified, magnitude));
        previous = row;
    }

    /// <summary>
    /// The entry of least error, where the function's values are in error by <paramref name="noise"/>, or by their rounding if that is
    /// more.
    /// </summary>
    /// <remarks>
    /// An entry may agree with its own row by chance: steps that are long against the length on which the function varies give arbitrary
    /// quotients. So it counts with its distance to a neighbouring row, and entries that those of smaller steps contradict come last.
    /// </remarks>
    internal Estimate Best(double noise)
    {
        Estimate? best = null;
        for (var r = 0; r < rows.Count; r++)
        {
            var estimate = At(r, noise);
            if (best is not { } other || estimate.IsSupported && !other.IsSupported
                || (estimate.IsSupported == other.IsSupported && estimate.Error < other.Error)) best = estimate;
        }

        return best ?? new(double.NaN, double.PositiveInfinity, 0, 0, false);
    }

    Estimate At(int index, double noise)
    {
        var row = rows[index];
        var distance = double.PositiveInfinity;
        if (index > 0) distance = DistanceTo(index - 1);
        if (index + 1 < rows.Count) distance = double.Min(distance, DistanceTo(index + 1));
        if (rows.Count == 1) distance = 0;
        var error = Safety * double.Max(row.Error(noise), distance);
        var supported = true;
        for (var r = index + 1; r < rows.Count && supported; r++)
            supported = double.Abs(rows[r].Value - row.Value) <= error + rows[r].Disagreement + 4 * Safety * rows[r].Scatter(noise);
        return new(row.Value, error, Safety * row.Scatter(noise), row.Step, supported);

        double DistanceTo(int neighbour) => double.Abs(rows[neighbour].Value - row.Value);
    }
}
