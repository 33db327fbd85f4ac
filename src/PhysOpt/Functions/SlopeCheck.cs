using PhysOpt.LinearAlgebra;

namespace PhysOpt.Functions;

/// <summary>What differences of a function say of a slope.</summary>
internal enum SlopeVerdict
{
    /// <summary>They agree with it.</summary>
    Agrees,

    /// <summary>They are another slope, beyond all that rounding, curvature and kinks explain.</summary>
    Contradicts,

    /// <summary>They cannot tell.</summary>
    Undecided,
}

/// <summary>A verdict, with the slopes that it is about.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="At">Where the slopes were taken.</param>
/// <param name="Direction">Along what, a vector of length 1.</param>
/// <param name="Given">The slope that was given, in units of f per unit of x.</param>
/// <param name="Differenced">The slope of the function itself.</param>
internal readonly record struct SlopeOutcome(SlopeVerdict Verdict, Vector At, Vector Direction, double Given, double Differenced);

/// <summary>Compares a gradient with two values of the function itself beside the point, and looks closer only where they differ.</summary>
/// <remarks>
/// <para>Two values, at x + h d and x - h d, each say by how much the function deviates from the straight line that the gradient predicts.
/// Curvature bends both to one side, and so does a kink between whose slopes the given one lies; a wrong slope leaves one above the line
/// and one below. So the slope is accepted where both deviations have one sign, or either of them is no more than rounding: no estimate of
/// curvature is needed. What passes unseen is an error of the slope below h/2 times the curvature. Beside a bound there is one side only;
/// halving the step there divides a deviation by curvature by 4 and one by a wrong slope by 2.</para>
/// <para>Where that looks wrong it is looked at again a little way off, at a point that is on no kink by its own making, for at a tie any
/// of several gradients is right. Only if two values there look wrong too, values at up to 18 more points tell whether the error of the
/// slope is the same for steps of many lengths, and that is seen once more at another point before it counts: see
/// <see cref="Plateau"/>.</para>
/// <para>All steps are parts of the size of x, and predictions are for the steps as they came out in floating point: no verdict depends on
/// units.</para>
/// </remarks>
/// <param name="f">The function itself; NaN where it has no value.</param>
/// <param name="gradient">The gradient at a point, as what ran in place of the function gives it; null where it has none there.</param>
/// <param name="sizes">The size of each variable, positive; see <see cref="VariableSizes"/>.</param>
/// <param name="lower">The lower bounds, or null. A point outside the bounds is treated as if there were none.</param>
/// <param name="upper">The upper bounds, or null.</param>
internal sealed class SlopeCheck(Func<Vector, double> f, Func<Vector, Vector?> gradient, Vector sizes, Vector? lower, Vector? upper)
{
    /// <summary>Slopes that differ by no more than this part of the larger one are the same, at first sight.</summary>
    const double FirstTolerance = 1e-6;

    /// <summary>Slopes that differ by less than this part of the larger one never contradict.</summary>
    const double Tolerance = 1e-3;

    /// <summary>
    /// Steps over which a wrong slope must look the same, from the longest to the shortest, in sizes. Their ratio is no power of two:
    /// values that are rounded on a grid of one would be rounded alike over all of them.
    /// </summary>
    const double LongestStep = 0.25, ShortestStep = LongestStep / (1L << 24), StepRatio = 7.3;

    /// <summary>The error of the slope is the same where it varies by no more than this factor over so many steps in turn.</summary>
    const double LargestSpread = 1.1;
    const int Members = 4;

    /// <summary>How many times the error over any shorter step it may be.</summary>
    const double LargestFall = 100;

    /// <summary>How many roundings of the values a difference is allowed at first sight.</summary>
    const double Roundings = 8;

    /// <summary>How far off the second look is, in sizes: many steps h, and few enough to stay in the same branch.</summary>
    const double Displacement = 1e-4;

    /// <summary>Compares the slope along a direction.</summary>
    /// <param name="x">The point.</param>
    /// <param name="centre">f(x).</param>
    /// <param name="slopes">The gradient at x.</param>
    /// <param name="direction">The direction, its components parts of the sizes.</param>
    internal SlopeOutcome Along(Vector x, double centre, Vector slopes, Vector direction)
    {
        var length = direction.Norm;
        if (!double.IsFinite(centre) || !slopes.IsFinite || length == 0 || !double.IsFinite(length))
            return new(SlopeVerdict.Undecided, x, direction, double.NaN, double.NaN);
        var first = FirstLook(x, centre, slopes, direction);
        if (first != SlopeVerdict.Contradicts) return Outcome(first, x, slopes, double.NaN);

        // noise may look like a slope at one point, but hardly at two
        var found = SecondLook(x, direction, turn: 1);
        if (found.Verdict == SlopeVerdict.Contradicts) found = SecondLook(x, direction, turn: 2);
        return found.Verdict == SlopeVerdict.Contradicts ? Outcome(found.Verdict, found.At, found.Slopes, found.Slope)
            : Outcome(SlopeVerdict.Undecided, x, slopes, double.NaN);

        SlopeOutcome Outcome(SlopeVerdict verdict, Vector at, Vector g, double differenced) =>
            new(verdict, at, 1 / length * direction, g.Dot(direction) / length, differenced / length);
    }

    /// <summary>The same a little way off, and where that looks wrong too, over many steps.</summary>
    (SlopeVerdict Verdict, Vector At, Vector Slopes, double Slope) SecondLook(Vector x, Vector direction, int turn)
    {
        var beside = Beside(x, turn);
        var centre = f(beside);
        if (!double.IsFinite(centre) || gradient(beside) is not { IsFinite: true } slopes)
            return (SlopeVerdict.Undecided, x, x, double.NaN);
        var looksWrong = FirstLook(beside, centre, slopes, direction) == SlopeVerdict.Contradicts;
        var error = looksWrong ? Plateau(beside, centre, slopes, direction) : 0;
        return (error == 0 ? SlopeVerdict.Undecided : SlopeVerdict.Contradicts, beside, slopes, slopes.Dot(direction) + error);
    }

    /// <summary>
    /// By how much the function's slope differs from the predicted one, where one and the same difference is seen over steps of many
    /// lengths; otherwise 0.
    /// </summary>
    /// <remarks>
    /// The deviation per step, curvature taken out, is for a wrong slope the same for all steps that are short enough. By truncation it
    /// falls with the square of the step, by noise it grows as steps get shorter. A kink close by makes it the same for longer steps, but
    /// far less for shorter ones. Steps too short for the function to change at all, as where its values are rounded, say nothing.
    /// </remarks>
    double Plateau(Vector x, double centre, Vector slopes, Vector direction)
    {
        var (down, up) = Room(x, direction);
        var isTwoSided = double.Min(down, up) >= Displacement / 2;
        var room = isTwoSided ? double.Min(down, up) : double.Max(down, up);
        var side = up >= down ? 1 : -1;
        var errors = new List<double>();
        var hasChanged = false;
        for (var h = LongestStep; h >= ShortestStep; h /= StepRatio)
        {
            if (h > room) continue;
            var whole = Look(x, side * h, centre, slopes, direction);
            var other = Look(x, isTwoSided ? -side * h : side * h / 2, centre, slopes, direction);
            var error = isTwoSided ? (whole.Excess - other.Excess) / (2 * side * h) : (4 * other.Excess - whole.Excess) / (side * h);
            if (!double.IsFinite(error)) continue;
            var changes = whole.Change != 0 || other.Change != 0;
            if (!changes && hasChanged) break; // shorter than the function can tell apart
            hasChanged |= changes;
            errors.Add(error);
        }

        var predicted = slopes.Dot(direction);
        for (var k = Members; k <= errors.Count; k++)
        {
            var window = errors.GetRange(k - Members, Members);
            var (least, most) = (window.Min(), window.Max());
            if (most < 0) (least, most) = (-most, -least);
            if (least <= 0 || most > LargestSpread * least) continue; // of two signs, or not the same
            var size = double.Max(double.Abs(predicted), double.Abs(predicted + window[^1]));
            if (least > Tolerance * size && errors.Skip(k).All(shorter => least <= LargestFall * double.Abs(shorter))) return window[^1];
        }

        return 0;
    }

    /// <summary>Two values; contradicts where it looks wrong.</summary>
    SlopeVerdict FirstLook(Vector x, double centre, Vector slopes, Vector direction)
    {
        var (down, up) = Room(x, direction);
        var h = DifferenceStencil.FirstDerivativeStep;
        if (double.Min(down, up) >= h)
        {
            var (right, left) = (Look(x, h, centre, slopes, direction), Look(x, -h, centre, slopes, direction));
            if (right.IsFinite && left.IsFinite) return Deviation.OfTwoSides(right, left);
            if (right.IsFinite) return Deviation.OfOneSide(right, Look(x, h / 2, centre, slopes, direction));
            return left.IsFinite ? Deviation.OfOneSide(left, Look(x, -h / 2, centre, slopes, direction)) : SlopeVerdict.Undecided;
        }

        h = double.Min(h, double.Max(down, up));
        if (h == 0) return SlopeVerdict.Undecided;
        if (up < down) h = -h;
        return Deviation.OfOneSide(Look(x, h, centre, slopes, direction), Look(x, h / 2, centre, slopes, direction));
    }

    /// <summary>How far the function deviates from the straight line, after a step of t.</summary>
    Deviation Look(Vector x, double t, double centre, Vector slopes, Vector direction)
    {
        var to = Point(x, t, direction);
        var value = f(to);
        var predicted = slopes.Dot(to - x); // by the step as it came out
        return new(value - centre, predicted, Roundings * Precision.MachineEpsilon * (double.Abs(value) + double.Abs(centre)));
    }

    /// <summary>A point a little way off in every variable, each by another part of its size, within the bounds.</summary>
    Vector Beside(Vector x, int turn)
    {
        var direction = SlopeDirections.Seeded(x, sizes, lower, upper, turn);
        var (down, up) = Room(x, direction);
        return Point(x, up >= down || up >= Displacement ? double.Min(Displacement, up / 2) : -double.Min(Displacement, down / 2),
            direction);
    }

    /// <summary>How far the bounds let x go against and along a direction.</summary>
    (double Down, double Up) Room(Vector x, Vector direction)
    {
        var (down, up) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var i = 0; i < x.Count; i++)
        {
            var (below, above) = SlopeDirections.Room(x, i, lower, upper);
            if (direction[i] < 0) (below, above) = (above, below);
            var size = double.Abs(direction[i]);
            if (size == 0) continue;
            (down, up) = (double.Min(down, below / size), double.Min(up, above / size));
        }

        return (down, up);
    }

    /// <summary>x + t d, kept within the bounds against rounding.</summary>
    Vector Point(Vector x, double t, Vector direction)
    {
        var to = new double[x.Count];
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = x[i] + t * direction[i];
            var (below, above) = SlopeDirections.Room(x, i, lower, upper);
            if (double.IsFinite(below)) to[i] = double.Max(to[i], lower![i]);
            if (double.IsFinite(above)) to[i] = double.Min(to[i], upper![i]);
        }

        return Vector.Wrap(to);
    }

    /// <summary>A change of f beside the one that the gradient predicts.</summary>
    readonly record struct Deviation(double Change, double Predicted, double Noise)
    {
        internal bool IsFinite => double.IsFinite(Change);

        internal double Excess => Change - Predicted;

        double Allowed => Noise + FirstTolerance * double.Max(double.Abs(Change), double.Abs(Predicted));

        /// <summary>True where rounding may be all there is to see, unless function and gradient are both flat to the bit.</summary>
        bool IsDrowned => double.Max(double.Abs(Change), double.Abs(Predicted)) <= Noise && (Change != 0 || Predicted != 0);

        internal static SlopeVerdict OfTwoSides(Deviation right, Deviation left)
        {
            if (right.IsDrowned && left.IsDrowned) return SlopeVerdict.Undecided;
            return right.Excess > 0 == left.Excess > 0 || double.Abs(right.Excess) <= right.Allowed
                || double.Abs(left.Excess) <= left.Allowed ? SlopeVerdict.Agrees : SlopeVerdict.Contradicts;
        }

        internal static SlopeVerdict OfOneSide(Deviation whole, Deviation half)
        {
            if (!whole.IsFinite || !half.IsFinite || (whole.IsDrowned && half.IsDrowned)) return SlopeVerdict.Undecided;
            var straight = 4 * half.Excess - whole.Excess; // curvature has gone
            return double.Abs(straight) <= 4 * half.Allowed + whole.Allowed + 1e-3 * double.Abs(whole.Excess)
                ? SlopeVerdict.Agrees : SlopeVerdict.Contradicts;
        }
    }
}
