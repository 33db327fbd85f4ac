using System.Management.Automation;

namespace PhysOpt.PowerShell.Binding;

/// <summary>What the completers share: the choices that begin as the word does, quotes aside.</summary>
internal static class Completion
{
    /// <param name="word">What has been typed; null for nothing.</param>
    /// <param name="choices">The choices, each with what it is.</param>
    internal static IEnumerable<CompletionResult> Of(string? word, IEnumerable<(string Text, string Meaning)> choices)
    {
        var pattern = WildcardPattern.Get((word ?? "").Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return choices.Where(choice => pattern.IsMatch(choice.Text)).Select(choice =>
            new CompletionResult(choice.Text, choice.Text, CompletionResultType.ParameterValue, choice.Meaning));
    }
}
