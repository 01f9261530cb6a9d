export { parseExpression } from './syntax/parse-expression.ts';
export { parseTemplate } from './syntax/parse-template.ts';
export { hasBinding } from './syntax/scan-template.ts';
export { templateDependencies } from './syntax/dependencies.ts';
export type { DependencyPath, Expression, ExpressionProblem, Template } from './syntax/expression.ts';
export type { ArgumentNode, BinaryOperator, ExpressionNode, PatternNode, UnaryOperator } from './syntax/node.ts';
export { compileExpression, compileTemplate } from './evaluate/compile-expression.ts';
export type { CompiledExpression, CompiledTemplate } from './evaluate/compile-expression.ts';
export { expressionsOf, fillTemplate } from './evaluate/fill-template.ts';
export { EvaluationError } from './evaluate/evaluation-error.ts';
export { defaultLimits } from './evaluate/run.ts';
export type { EvaluationLimits } from './evaluate/run.ts';
export { createScope, createScopeObject } from './evaluate/scope.ts';
export type { Scope, ScopeObjectHandlers } from './evaluate/scope.ts';
export { evaluate } from './evaluate-source.ts';
export { renameIdentifier, rewriteExpression, rewriteTemplate } from './syntax/rewrite.ts';
export type { Rename } from './syntax/rewrite.ts';
export { checkExpression, checkTemplate } from './check/check-expression.ts';
export type { KnownNames } from './check/check-expression.ts';
export { checkLibrary } from './library/check-library.ts';
export { maximumFunctionLength } from './syntax/limits.ts';
export { libraryName, libraryNamesIn, libraryPrefix } from './library/library-name.ts';
export { loadLibrary, parseLibrary } from './library/load-library.ts';
export type {
  LibraryDefinition,
  LibraryDefinitions,
  LibraryParameter,
  LibraryValueType,
  ParsedLibrary,
} from './library/definition.ts';
export { createFunctionLibrary } from './evaluate/library.ts';
export type { FunctionLibrary } from './evaluate/library.ts';
export { childrenOf } from './syntax/children.ts';
export type { FunctionCategory, FunctionSpec, ParameterSpec } from './functions/spec.ts';
export { standardFunctions } from './functions/standard-functions.ts';
export { loadPatternEngine } from './functions/pattern-engine.ts';
export { needsPatternEngine } from './functions/text/patterns.ts';
export { isTimeZone, zoneOffset } from './functions/date/zone-clock.ts';
