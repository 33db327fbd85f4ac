using System.Management.Automation;
using PhysOpt.PowerShell.Binding;
using PhysOpt.Problems;

namespace PhysOpt.PowerShell.Commands;

/// <summary>Lists the problems that come with PhysOpt.</summary>
[Cmdlet(VerbsCommon.Get, "OptimizationProblem")]
[OutputType(typeof(OptimizationProblem))]
public sealed class GetOptimizationProblemCommand : PSCmdlet
{
    /// <summary>The names, with wildcards; all unless given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProblemNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            var found = ProblemGallery.All.Where(problem => pattern.IsMatch(problem.Name)).ToArray();
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                WriteError(Errors.From(ProblemGallery.NotFound(name), name));

            WriteObject(found, enumerateCollection: true);
        }
    }
}
