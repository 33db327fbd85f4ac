using PhysOpt.Optimization;

namespace PhysOpt.Solving;

/// <summary>A method by its name: what it does, how it is made with a learning rate, and when it ends by default.</summary>
public sealed class MethodEntry
{
    readonly Func<OptimizationProblem, double, OptimizationOptions, CancellationToken, IEnumerable<IterationRecord>> run;

    MethodEntry(
        string name, string description, double? defaultLearningRate, bool rateHasUnit, OptimizationOptions? defaults,
        Func<OptimizationProblem, double, OptimizationOptions, CancellationToken, IEnumerable<IterationRecord>> run) =>
        (Name, Description, DefaultLearningRate, RateHasUnit, Defaults, this.run) =
            (name, description, defaultLearningRate, rateHasUnit, defaults ?? new(), run);

    /// <summary>The name, also that in the records.</summary>
    public string Name { get; }

    /// <summary>What it does, in a few words.</summary>
    public string Description { get; }

    /// <summary>The learning rate where none is given; null for a method that has none.</summary>
    public double? DefaultLearningRate { get; }

    /// <summary>
    /// True where the learning rate has a unit, of x or of x and y or L: its size says nothing before a problem is known. False for a pure
    /// number, of which 1 is the method's own step, and where there is none.
    /// </summary>
    public bool RateHasUnit { get; }

    /// <summary>When a run ends where nothing else is said.</summary>
    public OptimizationOptions Defaults { get; }

    /// <summary>A method with a learning rate.</summary>
    /// <param name="name">Its <see cref="IMethod{TFunction, TState}.Name"/>.</param>
    /// <param name="description">What it does, in a few words.</param>
    /// <param name="defaultLearningRate">Its learning rate where none is given.</param>
    /// <param name="make">The method for a problem, with a learning rate.</param>
    /// <param name="defaults">When a run ends by default; null for the usual.</param>
    /// <param name="rateHasUnit">Whether the learning rate has a unit.</param>
    public static MethodEntry Of<TFunction, TState>(
        string name, string description, double defaultLearningRate, Func<OptimizationProblem, double, IMethod<TFunction, TState>> make,
            OptimizationOptions? defaults = null, bool rateHasUnit = false)
        where TFunction : class, IObjective
        where TState : class, IMethodState =>
        new(name, description, defaultLearningRate, rateHasUnit, defaults, (problem, rate, options, token) =>
            Optimizer.Run(problem, make(problem, rate), options, token));

    /// <summary>A method without a learning rate.</summary>
    /// <param name="name">Its <see cref="IMethod{TFunction, TState}.Name"/>.</param>
    /// <param name="description">What it does, in a few words.</param>
    /// <param name="make">The method for a problem.</param>
    /// <param name="defaults">When a run ends by default; null for the usual.</param>
    public static MethodEntry Of<TFunction, TState>(
        string name, string description, Func<OptimizationProblem, IMethod<TFunction, TState>> make, OptimizationOptions? defaults = null)
        where TFunction : class, IObjective
        where TState : class, IMethodState =>
        new(name, description, null, rateHasUnit: false, defaults, (problem, _, options, token) =>
            Optimizer.Run(problem, make(problem), options, token));

    /// <summary>Runs the method, as <see cref="Optimizer.Run"/>.</summary>
    /// <param name="problem">What to minimise.</param>
    /// <param name="learningRate">The learning rate; null for the method's own.</param>
    /// <param name="options">When to end; null for the method's defaults.</param>
    /// <param name="token">Stops it.</param>
    /// <exception cref="ProblemException">The method needs what the problem does not have, or has no learning rate but one is given, or one
    /// that is not positive.</exception>
    public IEnumerable<IterationRecord> Run(OptimizationProblem problem, double? learningRate = null, OptimizationOptions? options = null,
        CancellationToken token = default)
    {
        if (learningRate is not null && DefaultLearningRate is null)
            throw new ProblemException("MethodHasNoLearningRate", $"{Name} has no learning rate.", "Leave it out of -LearningRate.");
        if (learningRate is { } given && !(given > 0 && double.IsFinite(given)))
        {
            throw new ProblemException(
                "LearningRateNotPositive",
                    FormattableString.Invariant($"The learning rate {given} of {Name} is not a positive finite number."),
                    "Give one such as 0.01.");
        }

        return run(problem, learningRate ?? DefaultLearningRate ?? 1, options ?? Defaults, token);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
