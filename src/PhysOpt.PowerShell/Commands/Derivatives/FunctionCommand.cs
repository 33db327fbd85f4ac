using System.Management.Automation;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks.Calling;

namespace PhysOpt.PowerShell.Commands;

/// <summary>A cmdlet about a function, or the functions of a problem, at a point.</summary>
public abstract class FunctionCommand : StoppableCommand
{
    ScriptBlockMap? own; // the parameter's, for all points

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

    /// <summary>Does the work for the subject at its InitialGuess.</summary>
    private protected abstract void Process(OptimizationProblem subject);

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(() => Process(Subject()), At);

    /// <summary>The function or problem that the parameters name, started at the point.</summary>
    OptimizationProblem Subject()
    {
        if (Function is not null) return new("Function", null, own ??= new(Function, "Function"), At!);
        var problem = Problem!.RequireProblem();
        return (At ?? Problem.Record?.X) is { } at ? problem.StartingAt(at, nameof(At)) : problem;
    }
}
