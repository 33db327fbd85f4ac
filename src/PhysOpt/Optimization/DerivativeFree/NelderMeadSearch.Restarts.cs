namespace PhysOpt.Optimization.DerivativeFree;

/// <content>New simplices, and what the end of one says.</content>
internal sealed partial class NelderMeadSearch
{
    const int MostIdle = 100; // values per vertex without a lower one
    const int MostRestarts = 100;
    const int MostTries = 8; // for a vertex that has a value
    const int MostFailures = 16; // in a row, per variable
    const double Closer = 0.25;
    const double Growth = 16; // of the first simplex, where all values are one
    const int MostGrowths = 3, MostRescalings = 3;
    const double LookSize = 1e-3; // of a simplex that looks whether there is more
    const double CloseSize = 1e-6; // right beside
    const double PartOfScatter = 1e-6, PartOfRounding = 1e-8; // of what was gained

    const double OfSpread = 4;

    double firstSpread;
    int rescalings;
    bool foundLower;

    IEnumerable<bool> Search()
    {
        if (n == 0)
        {
            (Reason, Note) = (TerminationReason.LossTolerance, "the bounds leave no other point");
            yield break;
        }

        for (var growths = 0; growths <= MostGrowths; growths++)
        {
            foreach (var each in NewSimplex(1)) yield return each;
            if (!IsLevel || double.IsInfinity(values[1])) break;
            size *= Growth;
        }

        if (IsLevel)
        {
            (Reason, Note) = double.IsInfinity(values[1]) ? (TerminationReason.NonFinite, null)
                : (TerminationReason.Flat, "the loss is the same wherever it was looked at; start where it depends on x");
            yield break;
        }

        firstSpread = Spread;
        var quiet = 0; // simplices in turn that found nothing
        for (var restarts = 0; ; restarts++)
        {
            var (before, from) = (values[0], (double[])vertices[0].Clone());
            foreach (var each in Descend(restarts == 0 || size > LookSize ? lastSize : double.Sqrt(lastSize * LookSize)))
                yield return each;
            var least = double.Max(LossRounding.Clear(first, values[0]), OfSpread * Spread);
            quiet = restarts > 0 && before - values[0] <= least ? quiet + 1 : 0;
            var (scatter, rounding) = (Width <= lastSize ? Spread : 0, LossRounding.Of(values[0]));
            var gained = double.Max(first - values[0], firstSpread);
            if (quiet >= 2)
            {
                foreach (var each in CloseLook()) yield return each;
            }

            if (scatter > PartOfScatter * gained || rounding > PartOfRounding * gained)
            {
                (Reason, Note) = (TerminationReason.StepCollapsed, FormattableString.Invariant(
                    $"losses scatter by {double.Max(scatter, rounding):G2} however close together they are, or jump: ")
                    + "nothing below that is seen");
            }
            else if (quiet >= 2 && !foundLower && !Rescale()) // one simplex of each orientation
            {
                (Reason, Note) = (TerminationReason.LossTolerance, FormattableString.Invariant(
                    $"new simplices of {LookSize:G1} of the sizes of the variables found nothing lower; others ended at {lastSize:G1}"));
            }
            else if (restarts == MostRestarts)
            {
                (Reason, Note) = (TerminationReason.StepCollapsed,
                    $"{MostRestarts} new simplices have each found lower values, by less and less; there is a narrow valley, or noise");
            }

            if (Reason != TerminationReason.Running) yield break;
            if (foundLower) quiet = 0;
            var moved = 0.0;
            for (var i = 0; i < n; i++) moved = double.Max(moved, double.Abs(vertices[0][i] - from[i]));
            foreach (var each in OntoBounds()) yield return each;
            size = quiet > 0 ? LookSize : double.Clamp(moved, LookSize, double.Max(LookSize, size)); // what is left
            foreach (var each in NewSimplex(restarts % 2 == 0 ? -1 : 1)) yield return each;
            if (!double.IsInfinity(values[1])) continue;
            Reason = TerminationReason.NonFinite;
            yield break;
        }
    }

    /// <summary>Values right beside the best vertex, as at the edge of a domain.</summary>
    IEnumerable<bool> CloseLook()
    {
        foundLower = false;
        for (var k = 0; k < 2 * n && !foundLower; k++)
        {
            vertices[0].CopyTo(trial, 0);
            trial[k / 2] = double.Clamp(trial[k / 2] + (k % 2 == 0 ? CloseSize : -CloseSize), box.Lower[k / 2], box.Upper[k / 2]);
            if (trial[k / 2] == vertices[0][k / 2]) continue;
            yield return true;
            if (!(told < values[0])) continue;
            foundLower = told < values[0] - LossRounding.Clear(first, values[0]);
            trial.CopyTo(vertices[0], 0);
            values[0] = told;
        }
    }

    /// <summary>The best vertex on each bound that it has come close to: reflections meet a bound only from beyond it.</summary>
    IEnumerable<bool> OntoBounds()
    {
        for (var i = 0; i < n; i++)
        {
            for (var side = 0; side < 2; side++)
            {
                var bound = side == 0 ? box.Lower[i] : box.Upper[i];
                if (double.Abs(vertices[0][i] - bound) is not (> 0 and <= LookSize)) continue;
                vertices[0].CopyTo(trial, 0);
                trial[i] = bound;
                yield return true;
                if (!(told < values[0])) continue;
                trial.CopyTo(vertices[0], 0);
                values[0] = told;
            }
        }
    }

    /// <summary>A simplex about the best vertex, with an edge along each axis.</summary>
    /// <param name="firstSide">The side that is tried first, 1 or -1.</param>
    IEnumerable<bool> NewSimplex(int firstSide)
    {
        var (best, value) = ((double[])vertices[0].Clone(), values[0]);
        for (var i = 0; i < n; i++)
        {
            var (below, above) = (best[i] - box.Lower[i], box.Upper[i] - best[i]);
            var offset = firstSide * size;
            if (offset > above || -offset > below) offset = -offset;
            if (offset > above || -offset > below) offset = above > below ? above : -below;
            for (var tries = 0; tries < MostTries; tries++)
            {
                best.CopyTo(trial, 0);
                trial[i] = double.Clamp(best[i] + offset, box.Lower[i], box.Upper[i]);
                yield return true;
                trial.CopyTo(vertices[1 + i], 0);
                values[1 + i] = told;
                if (double.IsFinite(told)) break;
                var other = -offset * (tries % 2 == 0 ? 1 : Closer);
                offset = other > above || -other > below ? Closer * offset : other;
            }
        }

        best.CopyTo(vertices[0], 0);
        values[0] = value;
        Sort();
    }

    /// <summary>Takes the sizes of the variables anew, where they have become others: true where that is so.</summary>
    bool Rescale()
    {
        var x = box.Unscaled(vertices[0]);
        var resized = box.ResizedFor(x);
        if (ReferenceEquals(resized, box) || rescalings++ == MostRescalings) return false;
        box = resized;
        box.Scaled(x).CopyTo(vertices[0], 0);
        return true;
    }

    /// <summary>True where all values are one.</summary>
    bool IsLevel
    {
        get
        {
            foreach (var value in values)
            {
                if (double.IsFinite(value) && value != values[0]) return false;
            }

            return true;
        }
    }

    /// <summary>The difference of the largest and the least value; 0 where one is missing.</summary>
    double Spread => double.IsFinite(values[n]) ? values[n] - values[0] : 0;
}
