{{- define "fettle.fullname" -}}
{{- if contains "fettle" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-fettle" .Release.Name | trunc 50 | trimSuffix "-" }}{{ end -}}
{{- end }}

{{- define "fettle.selector" -}}
app.kubernetes.io/name: fettle
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "fettle.labels" -}}
{{ include "fettle.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- /* A Deployment of one role: dict "root" . "role" "server" "facts" .Values.server "replicas" 2 */}}
{{- define "fettle.deployment" -}}
{{- $root := .root }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "fettle.fullname" $root }}-{{ .role }}
  labels:
    {{- include "fettle.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .role }}
spec:
  {{- if not .isScaled }}
  replicas: {{ .facts.replicas }}
  {{- end }}
  strategy:
    {{- toYaml $root.Values.strategy | nindent 4 }}
  selector:
    matchLabels:
      {{- include "fettle.selector" $root | nindent 6 }}
      app.kubernetes.io/component: {{ .role }}
  template:
    metadata:
      labels:
        {{- include "fettle.labels" $root | nindent 8 }}
        app.kubernetes.io/component: {{ .role }}
      annotations:
        # Pods start anew when a setting changes.
        checksum/settings: {{ toYaml $root.Values.settings | sha256sum }}
        {{- with $root.Values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ include "fettle.fullname" $root }}
      automountServiceAccountToken: false
      # Else every Service of the namespace becomes variables such as FETTLE_PORT, which are no settings.
      enableServiceLinks: false
      terminationGracePeriodSeconds: 30
      {{- with $root.Values.imagePullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        runAsGroup: 10001
        fsGroup: 10001
        seccompProfile:
          type: RuntimeDefault
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "fettle.selector" $root | nindent 14 }}
              app.kubernetes.io/component: {{ .role }}
      containers:
        - name: fettle
          image: {{ printf "%s:%s" $root.Values.image.repository ($root.Values.image.tag | default $root.Chart.AppVersion) | quote }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          ports:
            - name: http
              containerPort: 4300
          envFrom:
            - configMapRef:
                name: {{ include "fettle.fullname" $root }}
            - secretRef:
                name: {{ required "existingSecret: name a Secret with DATABASE_URL and FETTLE_SECRET" $root.Values.existingSecret }}
          {{- if not (hasKey $root.Values.settings "FETTLE_ROLE") }}
          env:
            - name: FETTLE_ROLE
              value: {{ .role }}
          {{- end }}
          startupProbe:
            httpGet:
              path: /api/health/live
              port: http
            periodSeconds: 2
            failureThreshold: 90
          livenessProbe:
            httpGet:
              path: /api/health/live
              port: http
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            httpGet:
              path: /api/health/ready
              port: http
            periodSeconds: 5
            timeoutSeconds: 3
          lifecycle:
            # Ingresses learn of the end at the same moment: they stop sending before the server stops taking.
            preStop:
              exec:
                command: [sleep, '5']
          resources:
            {{- toYaml .facts.resources | nindent 12 }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: data
              mountPath: /data
            - name: temporary
              mountPath: /tmp
      volumes:
        - name: data
          {{- with $root.Values.data.existingClaim }}
          persistentVolumeClaim:
            claimName: {{ . }}
          {{- else }}
          emptyDir: {}
          {{- end }}
        - name: temporary
          emptyDir: {}
      {{- with $root.Values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $root.Values.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $root.Values.affinity }}
      affinity:
        {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end }}
