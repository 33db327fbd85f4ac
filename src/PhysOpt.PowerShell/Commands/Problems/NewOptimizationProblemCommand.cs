using System.Management.Automation;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks.Calling;

namespace PhysOpt.PowerShell.Commands;

/// <summary>Makes a problem of physics and loss, or of an objective, as script blocks.</summary>
[Cmdlet(VerbsCommon.New, "OptimizationProblem", DefaultParameterSetName = PhysicsSet)]
[OutputType(typeof(OptimizationProblem))]
public sealed class NewOptimizationProblemCommand : ProblemCommand
{
    /// <summary>A name to recognise it by.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ProblemNameArgument]
    public string Name { get; set; } = "Problem";

    /// <summary>Where to start: as many numbers as x has.</summary>
    [Parameter(Mandatory = true)]
    [AllowEmptyCollection]
    [VariableValuesArgument]
    public VariableValues? InitialGuess { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(Make, InitialGuess!.Given);

    void Make()
    {
        var problem = InlineProblem(Name, InitialGuess!);
        foreach (object? part in new object?[] { problem.Physics, problem.Loss, problem.Inverse }) (part as ITravels)?.Remember();
        WriteObject(problem);
    }
}
