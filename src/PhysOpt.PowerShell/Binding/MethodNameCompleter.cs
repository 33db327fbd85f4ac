using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PhysOpt.Solving;

namespace PhysOpt.PowerShell.Binding;

/// <summary>Completes the names of methods.</summary>
public sealed class MethodNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(wordToComplete, MethodRegistry.All.Select(method => (method.Name, method.Description)));
}
