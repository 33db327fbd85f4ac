using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.DerivativeFree;

/// <content>Which point goes, and what a new one changes.</content>
internal sealed partial class BobyqaSearch
{
    /// <summary>
    /// The point that the new one had better take the place of: far from x_opt and with a large denominator; negative where rounding has
    /// spoilt them all.
    /// </summary>
    int Replaceable(ReadOnlySpan<double> centre, bool mayBeBest)
    {
        var (found, largest, roundest) = (-1, 0.0, 0.0);
        for (var k = 0; k < set.Count; k++)
        {
            if (k == set.Best && !mayBeBest) continue;
            var away = Distance(k, centre) / delta;
            var weight = double.Max(1, away * away * away * away);
            if (weight * set.Denominator(k) is var scaled && scaled > largest) (largest, found) = (scaled, k);
            roundest = double.Max(roundest, weight * set.Lagrange[k] * set.Lagrange[k]);
        }

        return largest > roundest / 2 ? found : -1;
    }

    /// <summary>The point that is farthest from x_opt, and farther than a distance; negative where none is.</summary>
    int Farthest(double distance)
    {
        var found = -1;
        for (var k = 0; k < set.Count; k++)
        {
            if (Distance(k, set.Optimum) is var away && away > distance) (distance, found) = (away, k);
        }

        return found;
    }

    double Distance(int k, ReadOnlySpan<double> from)
    {
        var square = 0.0;
        var point = set.Point(k);
        for (var i = 0; i < from.Length; i++) square += (point[i] - from[i]) * (point[i] - from[i]);
        return double.Sqrt(square);
    }

    void Include(int t, double[] step, double value, double error, double length)
    {
        Remember(error);
        sinceLong = length > rho ? 0 : sinceLong + 1;
        isRescued = false;
        var isLower = value < set.Values[set.Best];
        model.Release(t);
        set.Replace(t, step);
        set.Values[t] = value;
        model.Correct(t, error);
        if (!isLower) return;
        model.Move(step);
        set.Prefer(t);
    }

    /// <summary>By how much the model missed a value, where there was one.</summary>
    void Remember(double error)
    {
        if (!double.IsFinite(told)) return;
        (errors[2], errors[1], errors[0]) = (errors[1], errors[0], double.Abs(error));
        errorsAtLast = rho <= lastRadius ? errorsAtLast + 1 : 0;
    }

    /// <summary>Where the interpolant of least Hessian has a far smaller gradient three times in a row, it becomes the model.</summary>
    void Doubt()
    {
        var other = inside.FreeSquare(model.GradientOfAlternative());
        doubts = inside.FreeSquare(model.Gradient) < 10 * other ? 0 : doubts + 1;
        if (doubts < 3) return;
        model.TakeAlternative();
        doubts = 0;
    }

    void RecentreFor(double length)
    {
        if (length * length <= FarBeside * SpanKernel.Dot(set.Optimum, set.Optimum)) Recentre();
    }

    void SetBounds()
    {
        for (var i = 0; i < lower.Length; i++) (lower[i], upper[i]) = (box.Lower[i] - set.Origin[i], box.Upper[i] - set.Origin[i]);
    }

    void Recentre()
    {
        for (var i = 0; i < lower.Length; i++)
        {
            lower[i] -= set.Optimum[i];
            upper[i] -= set.Optimum[i];
        }

        model.Recentre();
        set.Recentre();
    }
}
