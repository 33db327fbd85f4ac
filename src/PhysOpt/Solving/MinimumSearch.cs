using System.Diagnostics;
using PhysOpt.Functions;
using PhysOpt.Optimization;

namespace PhysOpt.Solving;

/// <summary>A search for a minimum by the method that suits the problem, and by others where that one gets stuck.</summary>
public sealed class MinimumSearch
{
    const int MaximumRestarts = 4;

    static readonly OptimizationOptions ToConvergence = new() { MaxIterations = 10_000 };

    /// <summary>When it ends if nothing else is said; null leaves it to the method.</summary>
    public Func<OptimizationOptions, OptimizationOptions> Options { get; init; } = defaults => defaults;

    /// <summary>The method; null to choose one, and to continue with another where it gets stuck.</summary>
    public MethodEntry? Method { get; init; }

    /// <summary>The learning rate of a method that was asked for; null for the method's own.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The longest time it may take; null for no limit. It ends before the next evaluation.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Receives every iteration.</summary>
    public Action<IterationRecord>? Progress { get; init; }

    /// <summary>Searches from the problem's InitialGuess.</summary>
    /// <exception cref="ProblemException">The method needs what the problem does not have.</exception>
    /// <exception cref="EvaluationException">A function of the problem failed at the start. Where one fails later, the result says
    /// so.</exception>
    /// <exception cref="OperationCanceledException">The caller wants it to stop.</exception>
    public OptimizationResult Find(OptimizationProblem problem, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var clock = Stopwatch.StartNew();
        var settings = Options(new());
        var plan = new Queue<Stage>(Plan(problem, settings));
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(token);
        if (TimeLimit is { } limit) timer.CancelAfter(limit > clock.Elapsed ? limit - clock.Elapsed : TimeSpan.Zero);

        var totals = new Totals(problem);
        var restarts = 0;
        while (plan.TryDequeue(out var next))
        {
            settings.Observer?.Explain($"{next.Method.Name} is used on '{problem.Name}': {next.Reason}.");
            var ended = Run(next, totals, timer.Token, token);
            token.ThrowIfCancellationRequested();
            if (timer.IsCancellationRequested && totals.Last?.Status is null or TerminationReason.Stopped)
                return totals.Result(TerminationReason.TimeLimit, clock.Elapsed, totals.OutOfTime(clock.Elapsed));
            if (plan.TryPeek(out var other) && MayDoBetter(other, totals.Last!)) continue;
            if (Method is not null || restarts == MaximumRestarts || !FindNewStart(ended, totals, timer.Token)) break;
            restarts++;
            plan = new(Plan(problem, settings));
        }

        return totals.Result(totals.Last!.Status, clock.Elapsed, $"{totals.Ending}");
    }

    /// <summary>The methods to try, in order, and why.</summary>
    List<Stage> Plan(OptimizationProblem problem, OptimizationOptions settings)
    {
        if (Method is not null) return [new(Method, "it was asked for", false, false)];
        var traits = ProblemTraits.Of(problem, settings);
        return [.. MethodChoice.All.Where(choice => choice.Suits(traits))
            .Select(choice => new Stage(MethodRegistry.Require(choice.Method), choice.Reason(traits), choice.EscapesSaddles,
                choice.Confirms?.Invoke(traits) ?? false))];
    }

    /// <summary>
    /// Moves to a point from which it may go on: where the loss depends on the variables on which it hardly depends at the end, or lower
    /// along a curvature that only second derivatives see.
    /// </summary>
    /// <param name="ended">Why the last method ended.</param>
    /// <param name="totals">What all have come to.</param>
    /// <param name="token">Stops it.</param>
    bool FindNewStart(TerminationReason ended, Totals totals, CancellationToken token)
    {
        var isFlat = ended == TerminationReason.Flat;
        var isStationary = ended is TerminationReason.GradientTolerance or TerminationReason.StepTolerance
            or TerminationReason.LossTolerance;
        var asked = Options(ToConvergence);
        if (!isFlat && !(isStationary && ProblemTraits.Of(totals.Problem, asked) is { HasBounds: true } traits
            && MethodChoice.SeesCurvature(traits))) return false;
        var budget = new EvaluationBudget(asked.MaxEvaluations - totals.Evaluations, token);
        try
        {
            var f = Objectives.Create(totals.Problem, asked, budget, token);
            var x = totals.Last!.X;
            var found = isFlat ? FlatStart.Move(f, x, totals.Origin) : ReducedCurvature.WayDown((IHessianProduct)f, x);
            if (found is null) return false;
            totals.MoveTo(found, isFlat ? "where the loss depends on more variables" : "down a negative curvature");
            return true;
        }
        catch (Exception exception) when (exception is EvaluationLimitException or EvaluationException
            || (exception is OperationCanceledException && token.IsCancellationRequested))
        {
            return false; // what was found stands
        }
        finally
        {
            totals.Spend(budget);
        }
    }

    TerminationReason Run(Stage stage, Totals totals, CancellationToken token, CancellationToken abandon)
    {
        var asked = Options(ToConvergence);
        var listener = new EndListener(asked.Observer, isFirst: totals.Last is null);
        var options = asked with
        {
            MaxIterations = asked.MaxIterations - totals.Iterations,
            MaxEvaluations = asked.MaxEvaluations - totals.Evaluations,
            Observer = listener,
            Log = totals.Log,
            Abandon = abandon,
        };
        if (options.MaxIterations < 0 || options.MaxEvaluations < 1) return TerminationReason.EvaluationLimit;
        IterationRecord? last = null;
        EvaluationException? error = null;
        try
        {
            foreach (var record in stage.Method.Run(totals.Problem, LearningRate, options, token))
            {
                listener.Forward();
                last = record;
                Progress?.Invoke(record);
            }
        }
        catch (EvaluationException exception) when ((last ?? totals.Last) is not null)
        {
            error = exception;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // before the first record
        }

        if (last is null) return TerminationReason.Stopped;
        totals.Add(last, new(last, totals.Problem.Name, listener.WhyNoStep, asked), error);
        return last.Status;
    }

    /// <summary>
    /// True where the step failed, or where the point looks stationary to gradients and second derivatives may see a way down.
    /// </summary>
    static bool MayDoBetter(Stage other, IterationRecord last) => last.Status switch
    {
        TerminationReason.LineSearchFailed or TerminationReason.SingularHessian or TerminationReason.StepCollapsed
            or TerminationReason.Saddle => true,
        TerminationReason.NonFinite => double.IsFinite(last.Loss) && last.Gradient?.IsFinite != false,
        TerminationReason.EvaluationError => last.Iteration > 0,
        TerminationReason.GradientTolerance when last.Iteration == 0 && last.GradientNorm == 0 => other.EscapesSaddles,
        TerminationReason.GradientTolerance or TerminationReason.StepTolerance or TerminationReason.LossTolerance => other.Confirms,
        _ => false,
    };

    /// <summary>A method, why it is used, whether it tells saddles from minima, and whether it does so also after a success.</summary>
    sealed record Stage(MethodEntry Method, string Reason, bool EscapesSaddles, bool Confirms);

    /// <summary>What all methods together have come to.</summary>
    sealed class Totals(OptimizationProblem problem)
    {
        /// <summary>The problem from where the last method ended.</summary>
        internal OptimizationProblem Problem => (moved ?? Last?.X) is { } start ? problem.StartingAt(start) : problem;

        /// <summary>Where the search began.</summary>
        internal Vector Origin => problem.InitialGuess;

        Vector? moved; // from where the last method ended

        internal IterationRecord? Last { get; private set; }

        internal int Iterations { get; private set; }

        internal long Evaluations { get; private set; }

        /// <summary>What was confirmed by the functions themselves, in all methods.</summary>
        internal ConfirmationLog Log { get; } = new();

        long gradientEvaluations;
        Confirmation confirmation; // at the last record

        internal List<string> History { get; } = [];

        RunEnding? ending;

        /// <summary>How the search ended, by the counts of all methods; null where nothing has run.</summary>
        internal RunEnding? Ending => ending is null ? null
            : ending with { Last = ending.Last with { Iteration = Iterations, Evaluations = Evaluations } };

        /// <summary>What a function failed with in the end; null where it did not.</summary>
        EvaluationException? error;

        /// <summary>
        /// Takes what a further method came to in place of what there was, unless it found nothing to do after a success, or failed to do
        /// better.
        /// </summary>
        internal void Add(IterationRecord last, RunEnding how, EvaluationException? error)
        {
            moved = null;
            var isBetter = Last is not { } before
                || (!before.Status.IsConverged() && !(last.Loss - before.Loss > LossRounding.Of(before.Loss)))
                || (last.Iteration > 0 && (last.Status.IsConverged() || IsLower(last.Loss, before.Loss)));
            if (isBetter)
            {
                if (Last is { } first) History.Add(
                    FormattableString.Invariant($"{first.Method} ended with {first.Status} at loss {first.Loss:G7}; ")
                    + (moves ?? $"{last.Method} continued."));
                (Last, ending, confirmation, this.error) = (last, how, Log.At(last.X), error);
            }
            else if (moves is not null)
            {
                History.Add(moves + FormattableString.Invariant(
                    $" {last.Method} ended there with {last.Status} at loss {last.Loss:G7}, no better."));
            }

            moves = null;
            Iterations += last.Iteration;
            Evaluations += last.Evaluations;
            gradientEvaluations += last.GradientEvaluations;
        }

        /// <summary>Lets the next method begin elsewhere.</summary>
        internal void MoveTo(Vector x, string where)
        {
            moved = x;
            var place = problem.Variables?.Describe(x, "G4") ?? FormattableString.Invariant($"x = {x:G4}");
            moves = x.Count > 8 ? $"It began again {where}." : $"It began again {where}, at {place}.";
        }

        string? moves;

        /// <summary>Counts what was spent between methods.</summary>
        internal void Spend(EvaluationBudget budget)
        {
            Evaluations += budget.Evaluations;
            gradientEvaluations += budget.GradientEvaluations;
        }

        /// <summary>True where a loss is lower by more than rounding and tolerances explain: the earlier point was no minimum.</summary>
        static bool IsLower(double loss, double before) => before - loss > 1e-10 * double.Max(double.Abs(loss), double.Abs(before));

        internal string OutOfTime(TimeSpan elapsed)
        {
            var why = FormattableString.Invariant($"{elapsed.TotalSeconds:G3} s have gone by");
            return Ending is not { } how ? $"Nothing was computed on '{problem.Name}' within the time limit: {why}."
                : (how with { Last = how.Last with { Status = TerminationReason.TimeLimit }, WhyNoStep = why }).ToString();
        }

        internal OptimizationResult Result(TerminationReason status, TimeSpan elapsed, string message) => new()
        {
            X = Last?.X ?? problem.InitialGuess,
            Y = Last?.Y,
            Loss = Last?.Loss ?? double.NaN,
            Status = status,
            Message = string.Join(' ', [.. History, message]),
            Method = Last?.Method ?? "",
            Iterations = Iterations,
            Evaluations = Evaluations,
            GradientEvaluations = gradientEvaluations,
            Confirmation = confirmation,
            Confirmations = Log.Calls,
            GradientNorm = Last?.GradientNorm,
            Elapsed = elapsed,
            Problem = problem,
            Error = error,
        };
    }

    /// <summary>Keeps how a run ended, which the result says; what else it says is passed on.</summary>
    /// <param name="observer">Receives what happens.</param>
    /// <param name="isFirst">False where another method ended at the start: that its gradient is zero there is then no news to warn
    /// of.</param>
    sealed class EndListener(IRunObserver? observer, bool isFirst) : IRunObserver
    {
        readonly List<(bool IsWarning, string Text)> pending = [];
        bool hasStarted;

        /// <summary>Why there was no further step, where the method said so.</summary>
        internal string? WhyNoStep { get; private set; }

        public void Warn(string message) => pending.Add((true, message));

        public void Explain(string message) => pending.Add((false, message));

        void IRunObserver.Contradict(string message) => observer?.Contradict(message);

        void IRunObserver.End(RunEnding ending, bool isWarning)
        {
            WhyNoStep = ending.WhyNoStep;
            Explain(ending.ToString());
        }

        /// <summary>Passes on what was said in an iteration.</summary>
        internal void Forward()
        {
            foreach (var (isWarning, text) in pending)
            {
                if (isWarning && (isFirst || hasStarted)) observer?.Warn(text);
                else observer?.Explain(text);
            }

            hasStarted = true;
            pending.Clear();
        }
    }
}
