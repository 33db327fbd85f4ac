using System.Management.Automation;
using PhysOpt.Functions;
using PhysOpt.Inversion;
using PhysOpt.Optimization;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks.Calling;

namespace PhysOpt.PowerShell.Commands;

/// <summary>Finds an x near InitialGuess with y(x) = Target, by L-BFGS.</summary>
[Cmdlet(VerbsCommon.Find, "NumericInverse", DefaultParameterSetName = "Physics")]
[OutputType(typeof(NumericInverseResult))]
public sealed class FindNumericInverseCommand : StoppableCommand, IRunObserver
{
    ScriptBlockMap? own; // the parameter's, for all targets

    /// <summary>y(x): { param($x) ... } returning as many numbers as the target has.</summary>
    [Parameter(ParameterSetName = "Physics", Mandatory = true, Position = 0)]
    public ScriptBlock? Physics { get; set; }

    /// <summary>The problem whose physics is inverted, or the name of one in the gallery.</summary>
    [Parameter(ParameterSetName = "Problem", Mandatory = true)]
    [ArgumentCompleter(typeof(ProblemNameCompleter))]
    public StartingPoint? Problem { get; set; }

    /// <summary>The wanted y; several come by pipeline.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [VectorArgument]
    public Vector? Target { get; set; }

    /// <summary>Where the search starts; where the problem says, unless given.</summary>
    [Parameter(ParameterSetName = "Physics", Mandatory = true, Position = 2)]
    [Parameter(ParameterSetName = "Problem", Position = 2)]
    [AllowEmptyCollection]
    [VectorArgument]
    public Vector? InitialGuess { get; set; }

    /// <summary>The smallest x allowed, one number for each component; [double]::NegativeInfinity for none. Those of the problem unless given.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [VectorArgument]
    public Vector? LowerBound { get; set; }

    /// <summary>The largest x allowed. Those of the problem unless given.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [VectorArgument]
    public Vector? UpperBound { get; set; }

    /// <summary>The largest number of iterations.</summary>
    [Parameter]
    [Alias("Iterations")]
    [ValidateRange(0, int.MaxValue)]
    public int MaxIterations { get; set; } = NumericInverse.DefaultMaxIterations;

    /// <summary>The largest number of evaluations of the physics.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? MaxEvaluations { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(
        () =>
        {
            var given = Problem?.RequireProblem();
            var near = InitialGuess ?? Problem?.Record?.X ?? given!.InitialGuess;
            var limits = new OptimizationOptions { MaxIterations = MaxIterations, MaxEvaluations = MaxEvaluations, Observer = this };
            var (lower, upper) = (LowerBound ?? given?.LowerBound, UpperBound ?? given?.UpperBound);
            ProblemChecks.Bounds(near.Count, lower, upper); // before tracing evaluates anything
            var result = new NumericInverse(InverseMethod.Lbfgs).Find(Map(near), Target!, near, limits, lower, upper, given?.Variables, StopToken);
            StopToken.ThrowIfCancellationRequested();
            if (!result.IsFound) WriteWarning(result.Message);
            WriteObject(result);
        },
        Target);

    IMap Map(Vector near)
    {
        var physics = Physics is not null
            ? own ??= new(Physics, "Physics")
            : Problem!.RequireProblem().Physics ?? throw new ProblemException(
                "PhysicsMissing", $"'{Problem.Problem}' has no physics to invert.", "Give a problem with physics y(x), or -Physics.");
        return (physics as ITraceableMap)?.Trace(near, WriteVerbose) ?? physics;
    }

    void IRunObserver.Warn(string message) => WriteWarning(message);

    void IRunObserver.Explain(string message) => WriteVerbose(message);
}
