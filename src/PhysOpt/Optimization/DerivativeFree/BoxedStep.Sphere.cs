namespace PhysOpt.Optimization.DerivativeFree;

/// <content>Where the boundary of the trust region is reached: on along its sphere.</content>
internal sealed partial class BoxedStep
{
    const double Samples = 17, FewestSamples = 3.1; // of an arc of a quarter turn, and besides

    /// <summary>
    /// Turns the free part of d towards steepest descent within the sphere, by the angle theta that lowers the model most:
    /// d+ = cos(theta) d + sin(theta) s.
    /// </summary>
    void AlongTheSphere()
    {
        while (true)
        {
            FreeStep(direction);
            model.Multiply(direction, reduced);
            while (true)
            {
                if (Free < 2) return;
                var (length, slope, square) = (FreePart(Step, Step), FreePart(Step, Gradient), FreePart(Gradient, Gradient));
                var area = square * length - slope * slope;
                if (!(area > Negligible * reduction * reduction)) return;
                area = double.Sqrt(area);
                for (var i = 0; i < n; i++)
                    direction[i] = atBound[i] != 0 ? 0 : (slope * Step[i] - length * Gradient[i]) / area;
                if (LargestAngle(out var met, out var side) is not { } largest) break; // a bound met already
                model.Multiply(direction, product);
                var (acrossTwice, mixed, along) =
                    (FreePart(direction, product), FreePart(direction, reduced), FreePart(Step, reduced));
                var (tangent, isLargest) = Best(largest, slope, -area, acrossTwice, mixed, along);
                var gained = tangent == 0 ? 0 : Gain(tangent, slope, -area, acrossTwice, mixed, along);
                if (!(gained > 0)) return;
                var (cosine, sine) = ((1 - tangent * tangent) / (1 + tangent * tangent), 2 * tangent / (1 + tangent * tangent));
                for (var i = 0; i < n; i++)
                {
                    Gradient[i] += (cosine - 1) * reduced[i] + sine * product[i];
                    if (atBound[i] == 0) Step[i] = cosine * Step[i] + sine * direction[i];
                    reduced[i] = cosine * reduced[i] + sine * product[i];
                }

                reduction += gained;
                if (met >= 0 && isLargest)
                {
                    atBound[met] = side;
                    break;
                }

                if (gained <= Small * reduction) return;
            }
        }
    }

    /// <summary>The reduction of the model by a turn, of which the tangent of half the angle is given.</summary>
    static double Gain(double tangent, double slope, double across, double acrossTwice, double mixed, double along)
    {
        var sine = 2 * tangent / (1 + tangent * tangent);
        return sine * (tangent * slope - across - sine * (acrossTwice + tangent * (tangent * along - 2 * mixed)) / 2);
    }

    /// <summary>The best turn among equidistant ones, and a parabola through its neighbours.</summary>
    static (double Tangent, bool IsLargest) Best(
        double largest, double slope, double across, double acrossTwice, double mixed, double along)
    {
        var count = (int)(Samples * largest + FewestSamples);
        var (best, at, before, after, last) = (0.0, 0, 0.0, 0.0, 0.0);
        for (var i = 1; i <= count; i++)
        {
            var gain = Gain(largest * i / count, slope, across, acrossTwice, mixed, along);
            if (gain > best) (best, at, before) = (gain, i, last);
            else if (i == at + 1) after = gain;
            last = gain;
        }

        if (at == 0) return (0, false);
        var shift = at < count ? (after - before) / (2 * best - before - after) / 2 : 0;
        return (largest * (at + shift) / count, at == count);
    }

    /// <summary>
    /// The tangent of half the largest angle, up to a quarter turn, that keeps within the bounds, and which of them is met there; null
    /// where one is met already, and now is.
    /// </summary>
    double? LargestAngle(out int met, out sbyte side)
    {
        var (largest, best) = (1.0, set.Optimum);
        (met, side) = (-1, 0);
        for (var i = 0; i < n; i++)
        {
            if (atBound[i] != 0) continue;
            var (below, above) = (best[i] + Step[i] - lower[i], upper[i] - best[i] - Step[i]);
            if (below <= 0 || above <= 0)
            {
                atBound[i] = below <= 0 ? (sbyte)-1 : (sbyte)1;
                return null;
            }

            var square = Step[i] * Step[i] + direction[i] * direction[i];
            var (down, up) = (best[i] - lower[i], upper[i] - best[i]);
            if (square > down * down && double.Sqrt(square - down * down) - direction[i] is var ofLower && largest * ofLower > below)
                (largest, met, side) = (below / ofLower, i, -1);
            if (square > up * up && double.Sqrt(square - up * up) + direction[i] is var ofUpper && largest * ofUpper > above)
                (largest, met, side) = (above / ofUpper, i, 1);
        }

        return largest;
    }

    void FreeStep(Span<double> to)
    {
        for (var i = 0; i < n; i++) to[i] = atBound[i] == 0 ? Step[i] : 0;
    }
}
