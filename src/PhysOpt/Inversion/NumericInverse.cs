using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.Problems;

namespace PhysOpt.Inversion;

/// <summary>
/// The local inverse of physics: an x near a given one with y(x) = t, as the minimiser of |y(x) - t|^2 reached from there.
/// </summary>
public sealed class NumericInverse : IInverseSolver
{
    /// <summary>
    /// The inverse counts as found when |y(x) - t| is at most this times |t|, or no more than y changes where each variable changes by this
    /// part of its size: where t is 0, or far below y(x0), only the latter tells.
    /// </summary>
    public const double ResidualTolerance = 1e-6;

    /// <summary>
    /// The search ends when |y(x) - t| is at most this times |t|, or times |y(x0)| where that is no more than 1000 times as large: no
    /// tolerance depends on the units of y.
    /// </summary>
    public const double ResidualGoal = 1e-12;

    /// <summary>The largest number of iterations by default.</summary>
    public const int DefaultMaxIterations = 1000;

    const double Far = 1000; // times |t|: a start from which y(x0) tells no scale

    readonly InverseMethod method;

    /// <summary>The local inverse by a method of minimisation.</summary>
    /// <param name="method">How |y(x) - t|^2 is minimised.</param>
    /// <exception cref="ArgumentException">The analytic inverse is no minimisation.</exception>
    public NumericInverse(InverseMethod method) =>
        this.method = method != InverseMethod.Analytic ? method
            : throw new ArgumentException("The analytic inverse is not a numeric one.", nameof(method));

    /// <inheritdoc/>
    public bool KeepsBounds => method == InverseMethod.Lbfgs;

    /// <inheritdoc/>
    public double Accuracy => ResidualGoal;

    /// <summary>Searches for x near <paramref name="near"/> with y(x) = <paramref name="target"/>.</summary>
    /// <param name="physics">y(x).</param>
    /// <param name="target">t, in units of y.</param>
    /// <param name="near">Where the search starts.</param>
    /// <param name="limits">The limits of iterations and evaluations, and who receives what happens; its tolerances are not used.</param>
    /// <param name="lowerBound">The smallest x allowed, or null; kept by L-BFGS alone.</param>
    /// <param name="upperBound">The largest x allowed, or null.</param>
    /// <param name="variables">The names of the variables, or null.</param>
    /// <param name="token">Stops it.</param>
    /// <exception cref="ProblemException">The start or the bounds are unusable.</exception>
    /// <exception cref="EvaluationException">The physics failed.</exception>
    public NumericInverseResult Find(
        IMap physics, Vector target, Vector near, OptimizationOptions? limits = null, Vector? lowerBound = null, Vector? upperBound = null,
        VariableNames? variables = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(physics);
        ProblemChecks.Start(near, "InitialGuess", variables);
        ProblemChecks.Target(target);
        var problem = new OptimizationProblem(
            "NumericInverse", physics, new SquaredDistance(target), near, lowerBound: lowerBound, upperBound: upperBound,
                variables: variables);
        token.ThrowIfCancellationRequested();
        limits ??= new() { MaxIterations = DefaultMaxIterations };
        var start = near.Clamp(lowerBound, upperBound);
        if (!start.Equals(near))
        {
            limits.Observer?.Warn(
                $"InitialGuess {PointWords.Of(near)} lies outside the bounds; the search starts at {PointWords.Of(start)}.");
        }

        var confirmed = limits with { Log = limits.Log ?? new() };
        _ = Confirm(physics, start, confirmed);
        return Find(problem.StartingAt(start), physics.Evaluate(start), confirmed, token);
    }

    /// <inheritdoc/>
    public InverseSolution Solve(IInvertible f, Vector wanted, Point near)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(near);
        var (lower, upper) = KeepsBounds && f.Bounds.Exist ? (f.Bounds.Lower, f.Bounds.Upper) : (null, null);
        var problem = new OptimizationProblem("NumericInverse", f.Physics, new SquaredDistance(wanted), near.X, lowerBound: lower,
            upperBound: upper);
        var result = Find(problem, near.Y!, new() { MaxIterations = DefaultMaxIterations, Log = new() },
            CancellationToken.None); // f stops by itself
        return result.IsFound
            ? new(f.At(result.X, result.Y), null)
            : new(null, FormattableString.Invariant(
                $"no x with y(x) = {PointWords.Of(wanted, "G7")} was found: the nearest to {PointWords.Of(near.X, "G7")} ")
                + FormattableString.Invariant($"has a residual of {result.Residual:G3}"));
    }

    /// <summary>
    /// Asks physics that is traced for its value at the start, by which the residual will be measured, or at a root; true where it agrees.
    /// </summary>
    static bool Confirm(IMap physics, Vector x, OptimizationOptions options)
    {
        if (physics is not IConfirmableMap traced || !traced.RunsInPlaceAt(x)) return true;
        options.Log!.Calls++;
        if (traced.Confirm(x).Contradiction is not { } what)
        {
            options.Log.Note(x, Confirmation.Value);
            return true;
        }

        ConfirmedPoint.GiveUp(new("Physics", what, x), options);
        return false;
    }

    NumericInverseResult Find(OptimizationProblem search, Vector yNear, OptimizationOptions limits, CancellationToken token)
    {
        var (near, target) = (search.InitialGuess, ((SquaredDistance)search.Loss).Target!);
        var scale = yNear.Norm <= Far * target.Norm ? double.Max(target.Norm, yNear.Norm) : target.Norm;
        var problem = new OptimizationProblem(
            search.Name, KnownPoint.Of(search.Physics!, near, yNear), search.Loss, near, lowerBound: search.LowerBound,
                upperBound: search.UpperBound,
            variables: search.Variables);
        var listener = new WarningsAsExplanations(limits.Observer);
        var budget = new EvaluationBudget(limits.MaxEvaluations, token);
        var options = limits with
        {
            LossTarget = double.Pow(ResidualGoal * scale, 2),
            GradientTolerance = 0,
            StepTolerance = 0,
            LossTolerance = 0,
            Observer = listener,
            Budget = budget,
        };
        var run = method == InverseMethod.GaussNewton
            ? Optimizer.Run(problem, new GaussNewton(), options, token)
            : Optimizer.Run(problem, new Lbfgs(), options, token);
        var root = IsBetweenBounds(search, target)
            ? new RootSearch(search.Physics!, target[0], search.LowerBound![0], search.UpperBound![0], scale, budget) : null;
        var (last, found) = root is null ? (run.Last(), false) : root.Follow(run, options, token);
        if (found && !Confirm(search.Physics!, last.X, options))
        {
            var itself = Find(search, search.Physics!.Evaluate(near), limits, token); // without the trace
            return itself with { Evaluations = itself.Evaluations + budget.Evaluations };
        }

        var residual = root is null ? double.Sqrt(last.Loss) : root.Residual(last); // whose square may underflow
        found |= residual <= ResidualTolerance * scale;
        if (!found)
        {
            found = residual <= Resolved(search, last, out var evaluations) && root?.JumpsBeside(last) != true;
            last = last with { Evaluations = (root is null ? last.Evaluations : budget.Evaluations) + evaluations };
        }

        return Summarise(last, target, residual, found, options.Log!, listener.Jump ?? root?.Jump);
    }

    /// <summary>True for one variable between two bounds and one output, where a change of sign shows a root.</summary>
    bool IsBetweenBounds(OptimizationProblem search, Vector target) => method == InverseMethod.Lbfgs && target.Count == 1
        && search.Dimension == 1 && Bounds.Of(search.LowerBound, search.UpperBound).AreAllFinite;

    /// <summary>How far y moves where each variable moves by a part of its size, in its own direction.</summary>
    static double Resolved(OptimizationProblem search, IterationRecord last, out int evaluations)
    {
        evaluations = 0;
        var sum = 0.0;
        for (var i = 0; i < last.X.Count; i++)
        {
            var step = ResidualTolerance * double.Max(double.Abs(last.X[i]), double.Abs(search.InitialGuess[i]));
            var beside = last.X.With(i, last.X[i] + step).Clamp(search.LowerBound, search.UpperBound);
            if (beside.Equals(last.X)) beside = last.X.With(i, last.X[i] - step).Clamp(search.LowerBound, search.UpperBound);
            evaluations++;
            try
            {
                var way = (search.Physics!.Evaluate(beside) - last.Y!).Norm;
                if (double.IsFinite(way)) sum += way * way;
            }
            catch (EvaluationException)
            {
                // it has no value beside x, and tells nothing
            }
        }

        return double.Sqrt(sum);
    }

    static NumericInverseResult Summarise(
        IterationRecord last, Vector target, double residual, bool found, ConfirmationLog log, string? jump)
    {
        return new()
        {
            X = last.X,
            Y = last.Y!,
            Target = target,
            Residual = residual,
            Iterations = last.Iteration,
            Evaluations = last.Evaluations,
            Confirmation = log.At(last.X),
            Confirmations = log.Calls,
            Status = last.Status,
            IsFound = found,
            Variables = last.Variables,
            Message = found
                ? FormattableString.Invariant(
                    $"Found in {Plural.Of(last.Iteration, "iteration")} with a residual of {residual:G3} ({last.Status}).")
                : $"No x with y(x) = {PointWords.Of(target, "G7")} was found: the search ended at "
                    + VariableWords.Place(last.X, last.Variables, "G7")
                    + FormattableString.Invariant($" with a residual of {residual:G3} ({last.Status}). {WhatToDo(last, jump)}"),
        };
    }

    static string WhatToDo(IterationRecord last, string? jump) => last.Status switch
    {
        _ when jump is not null => $"{char.ToUpperInvariant(jump[0])}{jump[1..]}. Try another InitialGuess.",
        TerminationReason.NonFinite when !double.IsFinite(last.Loss) => "The physics has no value there: give another InitialGuess.",
        TerminationReason.NonFinite => "Around it the physics has no values: give bounds, or another InitialGuess.",
        TerminationReason.IterationLimit => "Allow more with MaxIterations.",
        TerminationReason.EvaluationLimit => "Allow more with MaxEvaluations.",
        TerminationReason.Flat => "y hardly depends on some variables there: give another InitialGuess.",
        _ when last.GradientNorm == 0 && last.Iteration == 0 => "The slope vanishes at the start: give another InitialGuess.",
        _ => "The target may be out of reach, or the Jacobian singular on the way: try another InitialGuess.",
    };

    /// <summary>What the result says of the end of the run need not be said twice: warnings are explanations.</summary>
    sealed class WarningsAsExplanations(IRunObserver? observer) : IRunObserver
    {
        /// <summary>What jumps where the search got stuck; null where nothing does.</summary>
        internal string? Jump { get; private set; }

        public void Warn(string message) => observer?.Explain(message);

        public void Explain(string message) => observer?.Explain(message);

        void IRunObserver.Contradict(string message) => observer?.Contradict(message);

        void IRunObserver.End(RunEnding ending, bool isWarning)
        {
            Jump = ending.Jump;
            Explain(ending.ToString());
        }
    }
}
