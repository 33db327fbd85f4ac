using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PhysOpt.Solving;

namespace PhysOpt.PowerShell.Binding;

/// <summary>
/// Completes a hashtable of learning rates: that of the methods on the line with their defaults, and one for each method that has a
/// learning rate.
/// </summary>
public sealed class LearningRatesCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var named = LanguagePrimitives.ConvertTo<string[]>(fakeBoundParameters["Method"] ?? "*")
            .Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToList();
        var rated = MethodRegistry.All.Where(method => method.DefaultLearningRate is not null
            && named.Exists(name => name.IsMatch(method.Name))).ToList();
        if (rated.Count == 0) return [];
        return Completion.Of(wordToComplete, rated.Select(method => (Table([method]), method.Description))
            .Prepend((Table(rated), "the methods of the line, with their own learning rates")).DistinctBy(choice => choice.Item1));
    }

    static string Table(IEnumerable<MethodEntry> methods) =>
        "@{ " + string.Join("; ", methods.Select(method => FormattableString.Invariant($"{method.Name} = {method.DefaultLearningRate}")))
        + " }";
}
