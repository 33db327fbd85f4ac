using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.DerivativeFree;

/// <summary>
/// A step that is to make the interpolation well conditioned rather than the loss small: where Lagrange function t is large, within a
/// radius and the bounds.
/// </summary>
/// <remarks>
/// ALTMOV of Powell (2009): the best point of the lines from x_opt through the other points; and as an alternative the Cauchy step of the
/// Lagrange function, up or down. O(m n).
/// </remarks>
/// <param name="set">The points.</param>
/// <param name="lower">The lower bounds, relative to the origin.</param>
/// <param name="upper">The upper bounds, relative to the origin.</param>
internal sealed class GeometryStep(InterpolationSet set, double[] lower, double[] upper)
{
    readonly int n = set.Dimension;
    readonly double[] coefficients = new double[set.Count], gradient = new double[set.Dimension];
    readonly double[] cauchy = new double[set.Dimension], trial = new double[set.Dimension];

    /// <summary>The step along a line.</summary>
    internal double[] Step { get; } = new double[set.Dimension];

    /// <summary>The Cauchy step.</summary>
    internal double[] Cauchy => cauchy;

    /// <summary>The square of the Lagrange function at the Cauchy step.</summary>
    internal double CauchySquare { get; private set; }

    /// <summary>Finds both steps for point t, which is not x_opt.</summary>
    internal void Find(int t, double radius)
    {
        Array.Clear(coefficients);
        set.AddColumn(t, 1, coefficients);
        set.GradientAtOrigin(t).CopyTo(gradient);
        var best = set.Optimum;
        for (var k = 0; k < set.Count; k++)
            SpanKernel.Add(coefficients[k] * SpanKernel.Dot(set.Point(k), best), set.Point(k), 0, best, gradient);
        AlongLines(t, radius);
        CauchySquare = 0;
        foreach (var sign in (ReadOnlySpan<int>)[1, -1])
        {
            if (CauchyStep(sign, radius) is var square && square <= CauchySquare) continue;
            CauchySquare = square;
            trial.CopyTo(cauchy, 0);
        }
    }

    void AlongLines(int t, double radius)
    {
        var (best, half, promised) = (set.Optimum, coefficients[t] / 2, -1.0);
        var (line, along, bound) = (0, 0.0, -1);
        for (var k = 0; k < set.Count; k++)
        {
            if (k == set.Best) continue;
            var (slope, square) = (0.0, 0.0);
            var other = set.Point(k);
            for (var i = 0; i < n; i++)
            {
                var part = other[i] - best[i];
                slope += gradient[i] * part;
                square += part * part;
            }

            var (down, up) = (-radius / double.Sqrt(square), radius / double.Sqrt(square));
            var (atDown, atUp) = (-1, -1);
            for (var i = 0; i < n; i++)
            {
                var part = other[i] - best[i];
                if (part == 0) continue;
                var (toLower, toUpper) = ((lower[i] - best[i]) / part, (upper[i] - best[i]) / part);
                if (part < 0) (toLower, toUpper) = (toUpper, toLower);
                if (toLower > down) (down, atDown) = (double.Min(toLower, 0), i);
                if (toUpper < up) (up, atUp) = (double.Max(toUpper, double.Min(1, up)), i); // points are within the bounds
            }

            var end = k == t ? 1 : 0; // of the Lagrange function at the point
            Consider(down, atDown);
            Consider(up, atUp);
            var flat = slope / (2 * (slope - end));
            if (flat > down && flat < up) Consider(flat, -1);

            void Consider(double s, int at)
            {
                var (lagrange, across) = (s * (slope + s * (end - slope)), s * (1 - s) * square);
                var sigma = lagrange * lagrange * (lagrange * lagrange + half * across * across);
                if (sigma > promised) (promised, line, along, bound) = (sigma, k, s, at);
            }
        }

        for (var i = 0; i < n; i++)
        {
            var part = set.Point(line)[i] - best[i];
            var to = i == bound ? (part * along < 0 ? lower[i] : upper[i]) : double.Clamp(best[i] + along * part, lower[i], upper[i]);
            Step[i] = to - best[i];
        }
    }

    /// <summary>The square of the Lagrange function at its Cauchy step, which is left in <see cref="trial"/>.</summary>
    double CauchyStep(int sign, double radius)
    {
        const double Unset = double.PositiveInfinity;
        var (best, square, slope) = (set.Optimum, 0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            var g = sign * gradient[i];
            trial[i] = (g < 0 ? best[i] > lower[i] : g > 0 && best[i] < upper[i]) ? Unset : 0;
            if (trial[i] == Unset) square += g * g;
        }

        if (square == 0) return 0;

        // the radius is shared out along the gradient until no further bound is met
        var (room, scale) = (radius * radius, 0.0);
        for (var isDone = false; !isDone && room > 0 && square > 0;)
        {
            (isDone, scale) = (true, double.Sqrt(room / square));
            for (var i = 0; i < n; i++)
            {
                if (trial[i] != Unset) continue;
                var g = sign * gradient[i];
                var (to, bound) = (best[i] + scale * g, g < 0 ? lower[i] : upper[i]);
                if (g < 0 ? to > bound : to < bound) continue;
                trial[i] = bound - best[i];
                room -= trial[i] * trial[i];
                square -= g * g;
                isDone = false;
            }
        }

        for (var i = 0; i < n; i++)
        {
            if (trial[i] == Unset) trial[i] = scale * sign * gradient[i];
            slope += gradient[i] * trial[i];
        }

        var curvature = 0.0;
        for (var k = 0; k < set.Count; k++)
        {
            var along = SpanKernel.Dot(set.Point(k), trial);
            curvature += coefficients[k] * along * along;
        }

        // the value s (slope) + s^2 curvature / 2 may be largest before the end
        var peak = -slope / curvature;
        var part = peak is > 0 and < 1 && slope * slope / (2 * double.Abs(curvature)) > double.Abs(slope + curvature / 2) ? peak : 1;
        for (var i = 0; i < n; i++)
        {
            var to = best[i] + part * trial[i];
            trial[i] = part == 1 && (to <= lower[i] || to >= upper[i])
                ? (to <= lower[i] ? lower[i] : upper[i]) - best[i] : double.Clamp(to, lower[i], upper[i]) - best[i];
        }

        var value = part * (slope + part * curvature / 2);
        return value * value;
    }
}
