using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PhysOpt.Problems;

namespace PhysOpt.PowerShell.Binding;

/// <summary>Completes the names of the gallery's problems.</summary>
public sealed class ProblemNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(wordToComplete, ProblemGallery.All.Select(problem => (problem.Name, problem.Description)));
}
