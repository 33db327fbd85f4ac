using System.Management.Automation;
using PhysOpt.Functions;
using PhysOpt.Inversion;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks.Calling;

namespace PhysOpt.PowerShell.Commands;

/// <summary>Finds an x near InitialGuess with y(x) = Target, by L-BFGS.</summary>
[Cmdlet(VerbsCommon.Find, "NumericInverse")]
[OutputType(typeof(NumericInverseResult))]
public sealed class FindNumericInverseCommand : StoppableCommand, IRunObserver
{
    readonly UserFunctions functions = new();
    bool physicsIsGiven, targetIsGiven, startIsGiven; // on the command line, and not by pipeline

    /// <summary>
    /// y(x), { param($x) ... } returning as many numbers as the target has; or a problem or the name of one in the gallery, a record or a
    /// result.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Problem")]
    [ArgumentCompleter(typeof(ProblemNameCompleter))]
    [StartingPointArgument]
    public object? Physics { get; set; } // no StartingPoint: see StartingPointArgument

    /// <summary>
    /// The wanted y; several come by pipeline, where the physics is given apart. That of the problem unless given, or zeros.
    /// </summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [VectorArgument]
    public Vector? Target { get; set; }

    /// <summary>
    /// Where the search starts; where the problem says, unless given. Several come by pipeline: by name, or as numbers where the target is
    /// given apart.
    /// </summary>
    [Parameter(Position = 2, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    [VariableValuesArgument]
    public VariableValues? InitialGuess { get; set; }

    /// <summary>dy/dx: { param($x) ... } returning a row of numbers for each output.</summary>
    [Parameter]
    [FunctionArgument]
    public FunctionArgument? Jacobian { get; set; }

    /// <summary>(dy/dx)'w, the vector-Jacobian product: { param($x, $w) ... } returning as many numbers as x has.</summary>
    [Parameter]
    [FunctionArgument]
    public FunctionArgument? Adjoint { get; set; }

    /// <summary>
    /// The smallest x allowed, one number for each component or one for all; [double]::NegativeInfinity for none. Those of the problem
    /// unless given.
    /// </summary>
    [Parameter]
    [AllowEmptyCollection]
    [VariableValuesArgument]
    public VariableValues? LowerBound { get; set; }

    /// <summary>The largest x allowed. Those of the problem unless given.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [VariableValuesArgument]
    public VariableValues? UpperBound { get; set; }

    /// <summary>The largest number of iterations.</summary>
    [Parameter]
    [Alias("Iterations")]
    [ValidateNonNegative]
    public int MaxIterations { get; set; } = NumericInverse.DefaultMaxIterations;

    /// <summary>The largest number of evaluations of the physics.</summary>
    [Parameter]
    [ValidateBetween(1, double.PositiveInfinity)]
    public long? MaxEvaluations { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        (physicsIsGiven, targetIsGiven, startIsGiven) = (IsBound(nameof(Physics)), IsBound(nameof(Target)), IsBound(nameof(InitialGuess)));
        CheckGiven(Physics);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Attempt(() => Search(StartingPoint.Of(Physics, null)), Target ?? StartingPoint.Of(Physics, null).Target);

    /// <summary>What the search starts from: numbers that come by pipeline are targets, unless there is one already.</summary>
    VariableValues? Start =>
        startIsGiven || (physicsIsGiven && (targetIsGiven || InitialGuess?.ByName is not null)) ? InitialGuess : null;

    void Search(StartingPoint given)
    {
        var problem = given.Function is null ? given.RequireProblem() : null;
        var (physics, variables, near) = problem is null ? OfFunction(given.Function!) : OfProblem(problem, given.X);
        ProblemChecks.Start(near, nameof(InitialGuess), variables);
        var lower = ProblemChecks.Spread(LowerBound?.ToVector(variables, nameof(LowerBound), double.NegativeInfinity), near.Count)
            ?? problem?.LowerBound;
        var upper = ProblemChecks.Spread(UpperBound?.ToVector(variables, nameof(UpperBound), double.PositiveInfinity), near.Count)
            ?? problem?.UpperBound;
        ProblemChecks.Bounds(near.Count, lower, upper, variables); // before tracing evaluates anything
        var start = near.Clamp(lower, upper); // outside of the bounds there may be no value
        var traced = (physics as ITraceableMap)?.Trace(start, WriteVerbose) ?? physics;
        var target = Target ?? (problem?.Loss as SquaredDistance)?.Target
            ?? PhysOpt.Vector.Zero(traced.Evaluate(start).Count);
        var limits = new OptimizationOptions { MaxIterations = MaxIterations, MaxEvaluations = MaxEvaluations, Observer = this };
        var result = new NumericInverse(InverseMethod.Lbfgs).Find(traced, target, near, limits, lower, upper, variables, StopToken);
        StopToken.ThrowIfCancellationRequested();
        if (!result.IsFound) WriteWarning(result.Message);
        WriteObject(result with
        {
            Problem = new(
                problem?.Name ?? "NumericInverse", physics, new SquaredDistance(target), near, problem?.Inverse, lower, upper,
                variables: variables),
        });
    }

    (IMap Physics, VariableNames? Variables, Vector Near) OfFunction(FunctionArgument function) => functions.At(
        function, nameof(Physics), Start ?? throw new ProblemException(
            "InitialGuessMissing", "The search needs a point to start from.",
                "Give -InitialGuess with as many numbers as x has, such as -InitialGuess 1, 2."),
        nameof(InitialGuess), Jacobian, Adjoint);

    (IMap Physics, VariableNames? Variables, Vector Near) OfProblem(OptimizationProblem problem, Vector? at) => (
        problem.Physics is not { } physics
            ? throw new ProblemException("PhysicsMissing", $"'{problem}' has no physics to invert.",
                "Give a problem with physics y(x), or a function.")
            : Jacobian is null && Adjoint is null ? physics : functions.Supplied(physics, problem.Variables, Jacobian, Adjoint),
        problem.Variables,
        Start?.ToVector(problem.Variables, nameof(InitialGuess)) ?? at ?? problem.InitialGuess);

    void IRunObserver.Warn(string message) => WriteWarning(message);

    void IRunObserver.Explain(string message) => WriteVerbose(message);
}
