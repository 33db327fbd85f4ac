using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Rewriting;

/// <summary>
/// The copy of a script block that is called with traced numbers, with the way back to the places of the user's own text. A block of which
/// nothing has to be rewritten is its own copy: PowerShell has compiled it already.
/// </summary>
internal sealed class RewrittenBlock
{
    const string Mark = "<#traced#> ";
    const string Head = Mark + "$ErrorActionPreference = 'Stop'; "; // so that no statement fails and is passed over
    static readonly ScriptBlock Caller = ScriptBlock.Create("param($PhysOptBlock, $PhysOptArguments) & $PhysOptBlock @PhysOptArguments");
    readonly List<(int Start, TextEdits Edits, Ast Script)> parts = [];
    readonly bool isUntouched;

    /// <exception cref="TraceRefusedException">The block has no statement to call.</exception>
    internal RewrittenBlock(BlockSource source, TraceFlow flow)
    {
        var rewriter = new BlockRewriter(flow);
        var ast = source.Block.Ast;
        var body = ast as ScriptBlockAst ?? ((FunctionDefinitionAst)ast).Body;
        var first = FirstStatement(body) ?? throw new TraceRefusedException("It has no statements", ast.Extent);
        var edits = rewriter.Edits(ast);
        if (edits.IsEmpty && source.Functions.Count == 0 && !HasSeveralParts(source.Block))
        {
            (Block, isUntouched) = (source.Block, true);
            parts.Add((0, edits, ast));
            return;
        }

        var copy = new StringBuilder(Usings(ast));
        if ((ast as FunctionDefinitionAst)?.Parameters is { Count: > 0 } parameters)
        {
            copy.Append("param(").Append(rewriter.Edits(ast)
                .Apply(TextOf(ast), parameters[0].Extent.StartOffset, parameters[^1].Extent.EndOffset)).Append(") ");
        }

        var (start, end) = Inside(body);
        parts.Add((copy.Length, edits, ast));
        copy.Append(edits.Apply(TextOf(ast), start, first.Extent.StartOffset));
        copy.Append(Head);
        foreach (var (name, function) in source.Functions) Append(copy, rewriter, name, function.Ast);

        var rest = rewriter.Edits(ast);
        parts.Add((copy.Length, rest, ast));
        copy.Append(rest.Apply(TextOf(ast), first.Extent.StartOffset, end));

        var block = ScriptBlock.Create(copy.ToString());
        Block = source.Block.Module?.NewBoundScriptBlock(block) ?? block;
    }

    /// <summary>The copy.</summary>
    internal ScriptBlock Block { get; }

    /// <summary>
    /// What the copy returns, as a call from PowerShell would: nothing, one object, or a list; a statement that fails ends the call.
    /// </summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="isItem">Whether the block looks for the first in $_.</param>
    internal object? Invoke(object?[] arguments, bool isItem)
    {
        if (!isUntouched && !isItem) return Call(Block, arguments);
        var variables = new List<PSVariable>(2);
        if (isUntouched) variables.Add(new("ErrorActionPreference", ActionPreference.Stop));
        if (isItem) variables.Add(new("_", arguments[0]));
        return Returned(Block.InvokeWithContext(null, variables, arguments));
    }

    /// <summary>What a block returns. One that has begin, process and end can only be called from PowerShell.</summary>
    internal static object? Call(ScriptBlock block, object?[] arguments) =>
        HasSeveralParts(block) ? Caller.InvokeReturnAsIs(block, arguments) : block.InvokeReturnAsIs(arguments);

    static bool HasSeveralParts(ScriptBlock block)
    {
        var body = block.Ast as ScriptBlockAst ?? ((FunctionDefinitionAst)block.Ast).Body;
        return (body.BeginBlock is null ? 0 : 1) + (body.ProcessBlock is null ? 0 : 1) + (body.EndBlock is null ? 0 : 1) > 1;
    }

    /// <summary>The output of a block as a call from PowerShell would have it: nothing, one object, or a list.</summary>
    internal static object? Returned(IList<PSObject> output) => output switch
    {
        [] => null,
        [var single] => single,
        var several => several.ToArray(),
    };

    /// <summary>True for a block that stands in the text of a copy.</summary>
    internal static bool IsOfThisText(ScriptBlock block) =>
        string.IsNullOrEmpty(block.File) && TextOf(block.Ast).Contains(Head, StringComparison.Ordinal);

    /// <summary>Where in the user's text something stands that went wrong in the copy; null where it is not in the copy.</summary>
    internal IScriptExtent? Original(InvocationInfo? info)
    {
        var text = TextOf(Block.Ast);
        if (info is null || (info.ScriptName ?? "") != (Block.File ?? "") || info.ScriptLineNumber < 1) return null;
        var offset = 0;
        for (var line = 1; line < info.ScriptLineNumber; line++)
        {
            offset = text.IndexOf('\n', offset) + 1;
            if (offset == 0) return null;
        }

        offset += int.Max(info.OffsetInLine - 1, 0);
        var part = parts.FindLastIndex(each => each.Start <= offset);
        if (part < 0) return null;
        var (start, edits, script) = parts[part];
        var original = edits.Original(offset - start);
        return Smallest(script, original)?.Extent;
    }

    void Append(StringBuilder copy, BlockRewriter rewriter, string name, Ast function)
    {
        var body = function as ScriptBlockAst ?? ((FunctionDefinitionAst)function).Body;
        copy.Append("function ").Append(name);
        var parameters = (function as FunctionDefinitionAst)?.Parameters;
        if (parameters is { Count: > 0 })
            copy.Append('(').Append(rewriter.Edits(function)
                .Apply(TextOf(function), parameters[0].Extent.StartOffset, parameters[^1].Extent.EndOffset)).Append(')');
        copy.Append(" {");
        var edits = rewriter.Edits(function);
        var (start, end) = Inside(body);
        parts.Add((copy.Length, edits, function));
        copy.Append(edits.Apply(TextOf(function), start, end)).Append("}; ");
    }

    /// <summary>The expression that begins at a place, or the smallest part of the script around it.</summary>
    static Ast? Smallest(Ast script, int offset) => script
        .FindAll(ast => ast.Extent.StartOffset <= offset && ast.Extent.EndOffset > offset, searchNestedScriptBlocks: true)
        .Where(ast => ast is StatementAst or ExpressionAst)
        .OrderByDescending(ast => ast.Extent.StartOffset)
        .ThenByDescending(ast => ast.Extent.EndOffset)
        .FirstOrDefault();

    /// <summary>The namespaces that the user's file names, for short names of types.</summary>
    static string Usings(Ast ast)
    {
        for (; ast.Parent is not null; ast = ast.Parent)
        {
        }

        return ast is ScriptBlockAst { UsingStatements: { Count: > 0 } usings }
            ? string.Concat(usings.Where(each => each.UsingStatementKind == UsingStatementKind.Namespace)
                .Select(each => $"using namespace {each.Name.Value}; "))
            : "";
    }

    /// <summary>The whole script in which a part stands: to it refer the offsets.</summary>
    static string TextOf(Ast ast) => ast.Extent.StartScriptPosition.GetFullScript();

    /// <summary>A body without its braces.</summary>
    static (int Start, int End) Inside(ScriptBlockAst body)
    {
        var (start, end) = (body.Extent.StartOffset, body.Extent.EndOffset);
        return body.Extent.Text.StartsWith('{') && body.Extent.Text.EndsWith('}') && body.Parent is not null ? (start + 1, end - 1)
            : (start, end);
    }

    static StatementAst? FirstStatement(ScriptBlockAst body) =>
        (body.BeginBlock ?? body.ProcessBlock ?? body.EndBlock)?.Statements.FirstOrDefault();
}
