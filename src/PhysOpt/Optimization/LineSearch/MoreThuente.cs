namespace PhysOpt.Optimization.LineSearch;

/// <summary>
/// The line search of More and Thuente (1994), "Line search algorithms with guaranteed sufficient decrease", as a state machine:
/// it names a step, is given the value and slope there, and names the next, until sufficient decrease
/// phi(a) &lt;= phi(0) + ftol a phi'(0) and curvature |phi'(a)| &lt;= gtol |phi'(0)| both hold.
/// </summary>
internal sealed class MoreThuente
{
    /// <summary>Of sufficient decrease.</summary>
    internal const double Ftol = 1e-3;

    /// <summary>Of curvature.</summary>
    internal const double Gtol = 0.9;

    /// <summary>The relative width of the bracket at which the search gives up.</summary>
    internal const double Xtol = 0.1;

    const double ExtrapolateLeast = 1.1, ExtrapolateMost = 4, BracketShrink = 0.66;

    readonly double valueAtZero, slopeAtZero;
    double maximum, low, high, width, widthBefore;
    double forbidden = double.PositiveInfinity;
    bool bracketed, firstStage = true;
    Trial best, other;

    /// <summary>A step with the value and slope there.</summary>
    internal readonly record struct Trial(double Step, double Value, double Slope)
    {
        /// <summary>The same trial of psi(a) = phi(a) - mu a, whose minimiser the first stage looks for.</summary>
        internal Trial Tilted(double mu) => new(Step, Value - Step * mu, Slope - mu);
    }

    /// <summary>
    /// What the search makes of a trial: name another step, take this one, or end with the best one so far, because the bracket is as
    /// narrow as it gets.
    /// </summary>
    internal enum Verdict { Continue, Accept, GiveUp }

    internal MoreThuente(double value, double slope, double firstStep, double maximumStep)
    {
        (valueAtZero, slopeAtZero, maximum, Step) = (value, slope, maximumStep, double.Min(firstStep, maximumStep));
        best = other = new(0, value, slope);
        (low, high) = (0, Step + ExtrapolateMost * Step);
        width = maximum;
        widthBefore = 2 * width;
    }

    /// <summary>The step to try next.</summary>
    internal double Step { get; private set; }

    /// <summary>The value at which sufficient decrease ends, at step a.</summary>
    internal double SufficientValue(double a) => valueAtZero + Ftol * a * slopeAtZero;

    /// <summary>
    /// The function is not finite at <see cref="Step"/>: from now on the search stays below, at half the way to the best step.
    /// </summary>
    internal void Forbid()
    {
        maximum = forbidden = Step;
        Step = (best.Step + Step) / 2;
    }

    /// <summary>Takes in value and slope at <see cref="Step"/> and names the next step.</summary>
    internal Verdict Advance(double value, double slope)
    {
        var trial = new Trial(Step, value, slope);
        var sufficient = value <= SufficientValue(Step);
        var mu = Ftol * slopeAtZero;
        if (firstStage && sufficient && slope >= 0) firstStage = false;
        if (sufficient && double.Abs(slope) <= Gtol * -slopeAtZero) return Verdict.Accept;
        if (Step >= maximum && sufficient && slope <= mu) return Verdict.Accept;

        if (firstStage && value <= best.Value && !sufficient)
        {
            var (tiltedBest, tiltedOther) = (best.Tilted(mu), other.Tilted(mu));
            Step = SafeguardedStep(ref tiltedBest, ref tiltedOther, trial.Tilted(mu));
            (best, other) = (tiltedBest.Tilted(-mu), tiltedOther.Tilted(-mu));
        }
        else
        {
            Step = SafeguardedStep(ref best, ref other, trial);
        }

        if (bracketed)
        {
            var bracket = double.Abs(other.Step - best.Step);
            if (bracket >= BracketShrink * widthBefore) Step = best.Step + (other.Step - best.Step) / 2;
            (widthBefore, width) = (width, bracket);
            (low, high) = (double.Min(best.Step, other.Step), double.Max(best.Step, other.Step));
        }
        else
        {
            (low, high) = (Step + ExtrapolateLeast * (Step - best.Step), Step + ExtrapolateMost * (Step - best.Step));
        }

        Step = double.Clamp(Step, 0, maximum);
        if (Step == forbidden) Step = (best.Step + Step) / 2;
        return bracketed && (Step <= low || Step >= high || high - low <= Xtol * high) ? Verdict.GiveUp : Verdict.Continue;
    }

    /// <summary>
    /// The next step from the best trial, the other end and the newest trial, by cubic and quadratic interpolation:
    /// the four cases of section 4 of the paper. Updates the interval of uncertainty.
    /// </summary>
    double SafeguardedStep(ref Trial best, ref Trial other, Trial trial)
    {
        double next;
        var opposite = best.Slope < 0 ? trial.Slope > 0 : best.Slope > 0 && trial.Slope < 0;
        if (trial.Value > best.Value)
        {
            // Case 1: a higher value. The minimum is bracketed; the cubic step if nearer to the best than the quadratic, else their middle.
            var cubic = Cubic(best, trial);
            var quadratic = best.Step + best.Slope / ((best.Value - trial.Value) / (trial.Step - best.Step) + best.Slope) / 2
                * (trial.Step - best.Step);
            next = double.Abs(cubic - best.Step) < double.Abs(quadratic - best.Step) ? cubic : cubic + (quadratic - cubic) / 2;
            bracketed = true;
        }
        else if (opposite)
        {
            // Case 2: a lower value and slopes of opposite sign. Bracketed; the one of cubic and secant step that is farther from the
            // trial.
            var cubic = Cubic(trial, best);
            var secant = Secant(trial, best);
            next = double.Abs(cubic - trial.Step) > double.Abs(secant - trial.Step) ? cubic : secant;
            bracketed = true;
        }
        else if (double.Abs(trial.Slope) < double.Abs(best.Slope))
        {
            // Case 3: a lower value, slopes of one sign, the slope shrinks. The cubic step only if it lies beyond the trial.
            var cubic = CubicBeyond(trial, best);
            var secant = Secant(trial, best);
            if (bracketed)
            {
                next = double.Abs(cubic - trial.Step) < double.Abs(secant - trial.Step) ? cubic : secant;
                var farthest = trial.Step + BracketShrink * (other.Step - trial.Step);
                next = trial.Step > best.Step ? double.Min(farthest, next) : double.Max(farthest, next);
            }
            else
            {
                next = double.Abs(cubic - trial.Step) > double.Abs(secant - trial.Step) ? cubic : secant;
                next = double.Clamp(next, low, high);
            }
        }
        else if (bracketed)
        {
            // Case 4: a lower value, slopes of one sign, the slope does not shrink: the cubic step to the other end.
            next = Cubic(trial, other);
        }
        else
        {
            next = trial.Step > best.Step ? high : low;
        }

        if (!double.IsFinite(next)) next = best.Step + (trial.Step - best.Step) / 2; // the interpolation overflowed
        if (trial.Value > best.Value)
        {
            other = trial;
        }
        else
        {
            if (opposite) other = best;
            best = trial;
        }

        return next;
    }

    /// <summary>The minimiser of the cubic through values and slopes of both trials, the one between them.</summary>
    static double Cubic(Trial from, Trial to)
    {
        var theta = 3 * (from.Value - to.Value) / (to.Step - from.Step) + from.Slope + to.Slope;
        var scale = double.Max(double.Abs(theta), double.Max(double.Abs(from.Slope), double.Abs(to.Slope)));
        var gamma = scale * double.Sqrt(double.Max(0, theta / scale * (theta / scale) - from.Slope / scale * (to.Slope / scale)));
        if (to.Step < from.Step) gamma = -gamma;
        var p = gamma - from.Slope + theta;
        var q = gamma - from.Slope + gamma + to.Slope;
        return from.Step + p / q * (to.Step - from.Step);
    }

    /// <summary>The minimiser of the cubic beyond the trial, seen from the best; the farthest allowed step where there is none.</summary>
    double CubicBeyond(Trial trial, Trial best)
    {
        var theta = 3 * (best.Value - trial.Value) / (trial.Step - best.Step) + best.Slope + trial.Slope;
        var scale = double.Max(double.Abs(theta), double.Max(double.Abs(best.Slope), double.Abs(trial.Slope)));
        var gamma = scale * double.Sqrt(double.Max(0, theta / scale * (theta / scale) - best.Slope / scale * (trial.Slope / scale)));
        if (trial.Step > best.Step) gamma = -gamma;
        var p = gamma - trial.Slope + theta;
        var q = gamma + (best.Slope - trial.Slope) + gamma;
        var r = p / q;
        if (r < 0 && gamma != 0) return trial.Step + r * (best.Step - trial.Step);
        return trial.Step > best.Step ? high : low;
    }

    /// <summary>Where the slope, linear between both trials, is zero.</summary>
    static double Secant(Trial trial, Trial best) => trial.Step + trial.Slope / (trial.Slope - best.Slope) * (best.Step - trial.Step);
}
