using System.Management.Automation;
using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks;

namespace PhysOpt.PowerShell.Commands;

/// <summary>A cmdlet that differentiates a function, or the functions of a problem, at a point.</summary>
public abstract class DerivativeCommand : StoppableCommand, IRunObserver
{
    /// <summary>The function: { param($x) ... }.</summary>
    [Parameter(ParameterSetName = "Function", Mandatory = true, Position = 0)]
    public ScriptBlock? Function { get; set; }

    /// <summary>The problem, or the name of one in the gallery.</summary>
    [Parameter(ParameterSetName = "Problem", Mandatory = true)]
    [ArgumentCompleter(typeof(ProblemNameCompleter))]
    public StartingPoint? Problem { get; set; }

    /// <summary>The point; several come by pipeline.</summary>
    [Parameter(ParameterSetName = "Function", Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = "Problem", Position = 1, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    [VectorArgument]
    public Vector? At { get; set; }

    /// <summary>Where derivatives come from.</summary>
    [Parameter]
    public DerivativeSource Derivative { get; set; }

    /// <summary>The derivative at the subject's InitialGuess.</summary>
    private protected abstract object Differentiate(OptimizationProblem subject);

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(() => WriteObject(Differentiate(Subject()), enumerateCollection: false), At);

    /// <summary>The subject's objective, and its value at the point.</summary>
    private protected (ITwiceDifferentiable Objective, Point Point) Evaluate(OptimizationProblem subject)
    {
        var role = Function is null ? "Objective" : "Function";
        var objective = (ITwiceDifferentiable)Objectives.Create(subject, Options, new EvaluationBudget(token: StopToken), StopToken, role);
        return (objective, objective.At(subject.InitialGuess));
    }

    /// <summary>Where derivatives come from, and who is told.</summary>
    private protected OptimizationOptions Options => new() { Derivative = Derivative, Observer = this };

    /// <summary>The function or problem that the parameters name, started at the point.</summary>
    OptimizationProblem Subject()
    {
        if (Function is not null) return new("Function", null, new ScriptBlockMap(Function, "Function"), At!);
        var problem = Problem!.RequireProblem();
        return (At ?? Problem.Record?.X) is { } at ? problem.StartingAt(at, nameof(At)) : problem;
    }

    void IRunObserver.Warn(string message) => WriteWarning(message);

    void IRunObserver.Explain(string message) => WriteVerbose(message);
}
