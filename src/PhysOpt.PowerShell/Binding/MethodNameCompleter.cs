using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PhysOpt.Comparison;

namespace PhysOpt.PowerShell.Binding;

/// <summary>Completes the names of methods.</summary>
public sealed class MethodNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = WildcardPattern.Get((wordToComplete ?? "").Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return MethodRegistry.All.Where(method => pattern.IsMatch(method.Name))
            .Select(method => new CompletionResult(method.Name, method.Name, CompletionResultType.ParameterValue, method.Description));
    }
}
