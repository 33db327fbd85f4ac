using System.Management.Automation.Language;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>Gives the value of an expression.</summary>
internal delegate object? Evaluation(Frame f);

/// <summary>Runs a statement, whose output goes into a sink.</summary>
internal delegate Flow Execution(Frame f, Sink output);

/// <summary>
/// The table of PowerShell's syntax: each kind of node is evaluated in one way, is a part that others evaluate, or is refused. What is not
/// in it is refused too, so that a later version of the language cannot be misread.
/// </summary>
internal static partial class Syntax
{
    static readonly Dictionary<string, Func<ExpressionAst, Evaluation>> Expressions = new(StringComparer.Ordinal)
    {
        [nameof(ArrayExpressionAst)] = ast => Array((ArrayExpressionAst)ast),
        [nameof(ArrayLiteralAst)] = ast => ArrayLiteral((ArrayLiteralAst)ast),
        [nameof(BinaryExpressionAst)] = ast => Binary((BinaryExpressionAst)ast),
        [nameof(ConstantExpressionAst)] = ast => Constant(((ConstantExpressionAst)ast).Value),
        [nameof(ConvertExpressionAst)] = ast => Convert((ConvertExpressionAst)ast),
        [nameof(ExpandableStringExpressionAst)] = ast => ExpandableString((ExpandableStringExpressionAst)ast),
        [nameof(HashtableAst)] = ast => Table((HashtableAst)ast, isOrdered: false),
        [nameof(IndexExpressionAst)] = ast => Index((IndexExpressionAst)ast),
        [nameof(InvokeMemberExpressionAst)] = ast => Invoke((InvokeMemberExpressionAst)ast),
        [nameof(MemberExpressionAst)] = ast => Member((MemberExpressionAst)ast),
        [nameof(ParenExpressionAst)] = ast => Value(((ParenExpressionAst)ast).Pipeline),
        [nameof(ScriptBlockExpressionAst)] = ast => f =>
            new BlockValue(((ScriptBlockExpressionAst)ast).ScriptBlock, home: f.Scope.Surroundings),
        [nameof(StringConstantExpressionAst)] = ast => Constant(((StringConstantExpressionAst)ast).Value),
        [nameof(SubExpressionAst)] = ast => SubExpression((SubExpressionAst)ast),
        ["TernaryExpressionAst"] = Ternary,
        [nameof(TypeExpressionAst)] = ast => Constant(TypeOf(((TypeExpressionAst)ast).TypeName, ast)),
        [nameof(UnaryExpressionAst)] = ast => Unary((UnaryExpressionAst)ast),
        [nameof(VariableExpressionAst)] = ast => Variable((VariableExpressionAst)ast),
    };

    static readonly Dictionary<string, Func<StatementAst, Execution>> Kinds = new(StringComparer.Ordinal)
    {
        [nameof(AssignmentStatementAst)] = ast => Assignment((AssignmentStatementAst)ast),
        [nameof(BreakStatementAst)] = ast => Jump(((BreakStatementAst)ast).Label, Flow.Break, ast),
        [nameof(CommandAst)] = ast => Pipeline([(CommandAst)ast]),
        [nameof(CommandExpressionAst)] = ast => Output((CommandExpressionAst)ast),
        [nameof(ContinueStatementAst)] = ast => Jump(((ContinueStatementAst)ast).Label, Flow.Continue, ast),
        [nameof(DoUntilStatementAst)] = ast => Do((LoopStatementAst)ast, until: true),
        [nameof(DoWhileStatementAst)] = ast => Do((LoopStatementAst)ast, until: false),
        [nameof(ForEachStatementAst)] = ast => ForEach((ForEachStatementAst)ast),
        [nameof(ForStatementAst)] = ast => For((ForStatementAst)ast),
        [nameof(FunctionDefinitionAst)] = ast => Definition((FunctionDefinitionAst)ast),
        [nameof(IfStatementAst)] = ast => If((IfStatementAst)ast),
        [nameof(PipelineAst)] = ast => Pipeline((PipelineAst)ast),
        [nameof(ReturnStatementAst)] = ast => Return((ReturnStatementAst)ast),
        [nameof(SwitchStatementAst)] = ast => Switch((SwitchStatementAst)ast),
        [nameof(ThrowStatementAst)] = ast => Throw((ThrowStatementAst)ast),
        [nameof(TryStatementAst)] = ast => Try((TryStatementAst)ast),
        [nameof(WhileStatementAst)] = ast => While((WhileStatementAst)ast),
    };

    /// <summary>Parts of the nodes above, which evaluate them.</summary>
    static readonly HashSet<string> Parts = new(StringComparer.Ordinal)
    {
        nameof(AttributeAst), nameof(CatchClauseAst), nameof(CommandParameterAst), nameof(FileRedirectionAst),
        nameof(MergingRedirectionAst), nameof(NamedAttributeArgumentAst), nameof(NamedBlockAst), nameof(ParamBlockAst),
        nameof(ParameterAst), nameof(ScriptBlockAst), nameof(StatementBlockAst), nameof(TypeConstraintAst), nameof(UsingStatementAst),
    };

    static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        [nameof(AttributedExpressionAst)] = "It gives a variable an attribute",
        [nameof(BaseCtorInvokeMemberExpressionAst)] = "It defines a class",
        [nameof(BlockStatementAst)] = "It is a workflow",
        ["ChainableAst"] = "It chains pipelines by && or ||",
        [nameof(ConfigurationDefinitionAst)] = "It is a configuration",
        [nameof(DataStatementAst)] = "It has a data section",
        [nameof(DynamicKeywordStatementAst)] = "It uses a keyword of another module",
        [nameof(ErrorExpressionAst)] = "It cannot be read",
        [nameof(ErrorStatementAst)] = "It cannot be read",
        [nameof(ExitStatementAst)] = "It ends the script or session",
        [nameof(FunctionMemberAst)] = "It defines a class",
        ["PipelineChainAst"] = "It chains pipelines by && or ||",
        [nameof(PropertyMemberAst)] = "It defines a class",
        [nameof(TrapStatementAst)] = "It catches errors by a trap, and so would take a failing trace for its own error",
        [nameof(TypeDefinitionAst)] = "It defines a class or enumeration",
        [nameof(UsingExpressionAst)] = "It uses a variable of another session ($using:)",
    };

    /// <summary>What the table says of a kind of node: "evaluated", "part" or "refused"; null where it says nothing.</summary>
    internal static string? Meaning(string node) =>
        Expressions.ContainsKey(node) || Kinds.ContainsKey(node) ? "evaluated"
        : Parts.Contains(node) ? "part"
        : Refused.ContainsKey(node) ? "refused" : null;

    /// <summary>How an expression is evaluated.</summary>
    internal static Evaluation Of(ExpressionAst ast) =>
        Expressions.TryGetValue(ast.GetType().Name, out var make) ? make(ast) : Refuse(ast);

    /// <summary>How a statement is run.</summary>
    internal static Execution Of(StatementAst ast) => Kinds.TryGetValue(ast.GetType().Name, out var make) ? make(ast) : Of(Refuse(ast));

    /// <summary>The value of a statement where one is needed: of an expression as it is, of others what they put out.</summary>
    internal static Evaluation Value(StatementAst ast)
    {
        if (ast is PipelineAst { PipelineElements: [CommandExpressionAst { Redirections.Count: 0 } only] } pipeline
            && !IsInBackground(pipeline)) return Of(only.Expression);
        if (ast is CommandExpressionAst { Redirections.Count: 0 } expression) return Of(expression.Expression);
        if (ast is AssignmentStatementAst assignment) return Assigned(assignment);
        var statement = Of(ast);
        return f =>
        {
            var collected = new Collected();
            Landed(statement(f, collected), ast);
            return collected.Value;
        };
    }

    /// <summary>The statements of a begin, process or end block.</summary>
    internal static Execution Statements(NamedBlockAst block) => block.Traps is { Count: > 0 } ? Of(block.Traps[0])
        : Block(block.Statements);

    static Evaluation Constant(object? value) => _ => value;

    /// <summary>A node that cannot be recorded: said when it has its turn, and not before.</summary>
    static Evaluation Refuse(Ast ast, string? reason = null)
    {
        reason ??= Refused.GetValueOrDefault(ast.GetType().Name, $"It has a {ast.GetType().Name}, which is not known");
        return _ => throw new TraceRefusedException(reason, ast.Extent);
    }

    /// <summary>A jump out of an expression is none that could be followed.</summary>
    static void Landed(Flow flow, Ast ast)
    {
        if (flow != Flow.Next) throw new TraceRefusedException("It leaves an expression by return, break or continue", ast.Extent);
    }

    static Type TypeOf(ITypeName name, Ast ast)
    {
        if (name.GetReflectionType() is not { } type)
            throw new TraceRefusedException($"It uses [{name.Name}], which is no known type", ast.Extent);
        return type.Assembly.IsDynamic
            ? throw new TraceRefusedException($"It uses the class {type.Name}, which cannot be looked into", ast.Extent) : type;
    }

    /// <summary>The property came after the language that the module is compiled against.</summary>
    static bool Has(Ast ast, string property) => ast.GetType().GetProperty(property)?.GetValue(ast) is true;

    static bool IsInBackground(PipelineAst pipeline) => Has(pipeline, "Background");
}
