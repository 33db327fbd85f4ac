using System.Management.Automation;
using PhysOpt.Functions;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks.Calling;

namespace PhysOpt.PowerShell.Commands;

/// <summary>A cmdlet about a function, or the functions of a problem, at a point.</summary>
public abstract class FunctionCommand : StoppableCommand
{
    readonly UserFunctions functions = new();
    bool isGiven, pointIsGiven; // on the command line, and not by pipeline

    /// <summary>The function, { param($x) ... }, or a problem or the name of one in the gallery, a record or a result.</summary>
    [Parameter(ParameterSetName = "Function", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ProblemNameCompleter))]
    [StartingPointArgument]
    public object? Function { get; set; }

    /// <summary>The problem, or the name of one in the gallery.</summary>
    [Parameter(ParameterSetName = "Problem", Mandatory = true)]
    [ArgumentCompleter(typeof(ProblemNameCompleter))]
    [StartingPointArgument]
    public StartingPoint? Problem { get; set; }

    /// <summary>The point; several come by pipeline. That of the problem, record or result unless given.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    [VariableValuesArgument]
    public VariableValues? At { get; set; }

    /// <summary>Does the work for the subject at its InitialGuess.</summary>
    private protected abstract void Process(OptimizationProblem subject);

    /// <summary>What a function without physics is called in messages: a function of one's own is no objective.</summary>
    private protected string Role { get; private set; } = "Objective";

    /// <summary>A function of the user's as the numerics take it.</summary>
    private protected IMap Map(FunctionArgument function, string role, VariableNames? variables) =>
        functions.Map(function, role, variables);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        (isGiven, pointIsGiven) = (IsBound(nameof(Function)) || IsBound(nameof(Problem)), IsBound(nameof(At)));
        CheckGiven(Function ?? Problem);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var given = StartingPoint.Of(Function ?? Problem, null);
        Attempt(() => Process(Subject(given)), isGiven ? At?.Given : given.Target);
    }

    /// <summary>The function or problem that the parameters name, started at the point.</summary>
    OptimizationProblem Subject(StartingPoint given)
    {
        var at = isGiven || pointIsGiven ? At : null; // an object that came by pipeline is no point
        Role = given.Function is null ? "Objective" : "Function";
        if (given.Function is { } function)
        {
            if (at is null) throw new ProblemException(
                "AtMissing", "The function needs a point to look at.",
                    "Give -At with as many numbers as the function takes, such as -At 1, 2.");
            var (map, variables, x) = functions.At(function, nameof(Function), at, nameof(At));
            ProblemChecks.Start(x, nameof(At), variables);
            return new(nameof(Function), null, map, x, variables: variables);
        }

        var problem = given.RequireProblem();
        return (at?.ToVector(problem.Variables, nameof(At)) ?? given.X) is { } point ? problem.StartingAt(point, nameof(At)) : problem;
    }
}
